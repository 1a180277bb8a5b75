import { AddTagsToResourceCommand, ListTagsForResourceCommand } from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { withInstance } from '../../../support/rds-account.ts';

describe('tags', () => {
  it('are added to instances and subnet groups', async () => {
    const { account, client, placed } = await withInstance();
    const groupArn = account.databases.subnetGroups.get('forestbridge-orders')?.arn;
    for (const ResourceName of [placed.arn, groupArn]) {
      await client.send(new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'team', Value: 'x' }] }));
      await expect(client.send(new ListTagsForResourceCommand({ ResourceName }))).resolves.toMatchObject({
        TagList: [{ Key: 'team', Value: 'x' }],
      });
    }
    await expect(client.send(new ListTagsForResourceCommand({ ResourceName: 'none' }))).rejects.toMatchObject(
      {
        name: 'DBInstanceNotFoundFault',
      },
    );
  });
});
