import { DescribeSubnetsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { subnetsSchema } from '../request/checks/subnets.ts';
import type { NewDatabase } from '../request/database.ts';
import { InvalidRequest, NotReady } from '../support/errors.ts';

/** The VPC of the database's subnets, and the networks of the directory's. */
export const surroundings = async (
  ec2: EC2Client,
  { identifier, subnetIds }: Pick<NewDatabase, 'identifier' | 'subnetIds'>,
  directorySubnetIds: readonly string[],
): Promise<{ readonly vpcId: string; readonly directoryNetworks: readonly string[] }> => {
  const SubnetIds = [...new Set([...subnetIds, ...directorySubnetIds])];
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds }));
  const shown = subnetsSchema.parse(Subnets);
  const those = (ids: readonly string[]) => shown.filter(({ id }) => ids.includes(id));
  const [vpcId, ...others] = new Set(those(subnetIds).map((subnet) => subnet.vpcId));
  if (vpcId === undefined)
    throw new NotReady(`EC2 does not show the subnets of the database ${identifier} yet.`);
  if (others.length > 0)
    throw new InvalidRequest(
      `The subnets of the database ${identifier} are in several VPCs: ${[vpcId, ...others].join(', ')}. Name subnets of one.`,
    );
  return { vpcId, directoryNetworks: those(directorySubnetIds).map(({ cidr }) => cidr) };
};
