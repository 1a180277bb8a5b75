import type * as Rds from '@aws-sdk/client-rds';
import type { Operations } from '../../wire/operations.ts';
import { ServiceError } from '../../wire/service-error.ts';
import { describeSubnetGroup, invalidValue, needed, page, tagMap } from './answers.ts';
import type { RdsWorld } from './rds-world.ts';

export const noSubnetGroup = (name: string): ServiceError =>
  new ServiceError('DBSubnetGroupNotFoundFault', `DB subnet group '${name}' does not exist.`, {}, 404);

/** The operations on DB subnet groups. */
export const subnetGroups = ({ databases, network }: RdsWorld): Operations<typeof Rds> => {
  const known = (given: string | undefined) => {
    const name = needed(given, 'DBSubnetGroupName').toLowerCase();
    const group = databases.subnetGroups.get(name);
    if (group === undefined) throw noSubnetGroup(name);
    return group;
  };

  return {
    CreateDBSubnetGroup(input) {
      const name = needed(input.DBSubnetGroupName, 'DBSubnetGroupName').toLowerCase();
      if (!/^[a-z0-9][a-z0-9 ._-]{0,254}$/.test(name) || name === 'default')
        throw invalidValue(`The parameter DBSubnetGroupName is not a valid identifier: ${name}`);
      if (databases.subnetGroups.has(name))
        throw new ServiceError('DBSubnetGroupAlreadyExists', `The DB subnet group '${name}' already exists.`);
      const subnetIds = needed(input.SubnetIds, 'SubnetIds');
      const subnets = subnetIds.map((id) => {
        const subnet = network.subnets.get(id);
        if (subnet === undefined)
          throw new ServiceError(
            'InvalidSubnet',
            `Some input subnets in :[${subnetIds.join(', ')}] are invalid.`,
          );
        return subnet;
      });
      const [vpcId = '', ...others] = new Set(subnets.map((subnet) => subnet.vpcId));
      if (others.length > 0)
        throw new ServiceError('InvalidSubnet', 'The subnets of a DB subnet group must be in one VPC.');
      if (new Set(subnets.map(({ zone }) => zone)).size < 2)
        throw new ServiceError(
          'DBSubnetGroupDoesNotCoverEnoughAZs',
          "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement." +
            ' Add subnets to cover at least 2 AZs.',
        );
      const group = databases.addSubnetGroup({
        name,
        description: needed(input.DBSubnetGroupDescription, 'DBSubnetGroupDescription'),
        vpcId,
        subnetIds,
        tags: tagMap(input.Tags),
      });
      return { DBSubnetGroup: describeSubnetGroup(group, network) };
    },

    DescribeDBSubnetGroups(input) {
      const { DBSubnetGroupName: name } = input;
      const asked = name === undefined ? [...databases.subnetGroups.values()] : [known(name)];
      const { things, ...rest } = page(asked, input);
      return { DBSubnetGroups: things.map((group) => describeSubnetGroup(group, network)), ...rest };
    },

    DeleteDBSubnetGroup({ DBSubnetGroupName }) {
      const { name } = known(DBSubnetGroupName);
      if (databases.all.some(({ subnetGroupName }) => subnetGroupName === name))
        throw new ServiceError(
          'InvalidDBSubnetGroupStateFault',
          `Cannot delete the subnet group '${name}' because at least one database instance is still using it.`,
        );
      databases.subnetGroups.delete(name);
      return {};
    },
  };
};
