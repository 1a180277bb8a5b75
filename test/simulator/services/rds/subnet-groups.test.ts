import {
  CreateDBSubnetGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBSubnetGroupsCommand,
} from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { subnetIds, vpcId } from '../../../support/database-account.ts';
import { prepare } from '../../../support/rds-account.ts';

describe('subnet groups', () => {
  it('are made, listed and deleted', async () => {
    const { client } = await prepare();
    const { DBSubnetGroup } = await client.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: 'Second',
        DBSubnetGroupDescription: 'Another',
        SubnetIds: subnetIds,
        Tags: [{ Key: 'team', Value: 'x' }],
      }),
    );
    expect(DBSubnetGroup).toMatchObject({
      DBSubnetGroupName: 'second',
      VpcId: vpcId,
      Subnets: [{ SubnetAvailabilityZone: { Name: 'eu-west-1a' } }, { SubnetIdentifier: subnetIds[1] }],
    });
    const names = async (input: object) => {
      const { DBSubnetGroups } = await client.send(new DescribeDBSubnetGroupsCommand(input));
      return DBSubnetGroups?.map(({ DBSubnetGroupName }) => DBSubnetGroupName);
    };
    expect(await names({})).toEqual(['forestbridge-orders', 'second']);
    expect(await names({ DBSubnetGroupName: 'SECOND' })).toEqual(['second']);

    await client.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'second' }));

    await expect(names({ DBSubnetGroupName: 'second' })).rejects.toMatchObject({
      name: 'DBSubnetGroupNotFoundFault',
    });
  });

  it.each([
    ['InvalidParameterValue', { DBSubnetGroupName: 'default' }],
    ['InvalidParameterValue', { DBSubnetGroupName: '-x' }],
    ['DBSubnetGroupAlreadyExistsFault', { DBSubnetGroupName: 'forestbridge-orders' }],
    ['InvalidSubnet', { SubnetIds: ['subnet-1', 'subnet-2'] }],
    ['InvalidSubnet', { SubnetIds: [...subnetIds, 'subnet-0000000000000000f'] }],
    ['DBSubnetGroupDoesNotCoverEnoughAZs', { SubnetIds: subnetIds.slice(0, 1) }],
    ['MissingParameter', { SubnetIds: undefined }],
  ])('are refused by %s for %j', async (name, change) => {
    const { account, client } = await prepare();
    account.network.addVpc('vpc-0000000000000000f', '10.9.0.0/16');
    account.network.addSubnet(
      'subnet-0000000000000000f',
      'vpc-0000000000000000f',
      '10.9.0.0/24',
      'eu-west-1c',
    );
    const input = { DBSubnetGroupName: 'second', DBSubnetGroupDescription: 'Another', SubnetIds: subnetIds };

    await expect(client.send(new CreateDBSubnetGroupCommand({ ...input, ...change }))).rejects.toMatchObject({
      name,
    });
  });
});
