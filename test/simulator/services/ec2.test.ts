import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { ec2Account } from '../../support/ec2-account.ts';

describe('CreateTags', () => {
  it('tags whatever there is, and nothing else', async () => {
    const { ec2, network, group } = await ec2Account();
    const Tags = [{ Key: 'team', Value: 'billing' }];
    const Resources = ['vpc-1', group.id, group.rules[0]?.id ?? ''];
    await ec2.send(new CreateTagsCommand({ Resources, Tags }));
    expect(network.vpcs.get('vpc-1')?.tags).toEqual({ team: 'billing' });
    expect(group).toMatchObject({ tags: { team: 'billing' }, rules: [{ tags: { team: 'billing' } }] });
    await expect(
      ec2.send(new CreateTagsCommand({ Resources: ['vpc-2', 'vpc-x'], Tags })),
    ).rejects.toMatchObject({
      name: 'InvalidID',
    });
    expect(network.vpcs.get('vpc-2')?.tags).toEqual({});
  });
});
