import { z } from 'zod';
import type { Finding } from '../../support/finding.ts';
import { problem } from './findings.ts';

export const subnetsSchema = z
  .array(
    z
      .object({
        SubnetId: z.string(),
        VpcId: z.string(),
        CidrBlock: z.string(),
        AvailabilityZone: z.string(),
      })
      .transform(({ SubnetId: id, VpcId: vpcId, CidrBlock: cidr, AvailabilityZone: zone }) => ({
        id,
        vpcId,
        cidr,
        zone,
      })),
  )
  .default([]);
export type Subnet = z.output<typeof subnetsSchema>[number];

export const vpcsSchema = z
  .array(
    z
      .object({
        VpcId: z.string(),
        CidrBlockAssociationSet: z.array(
          z.object({ CidrBlock: z.string(), CidrBlockState: z.object({ State: z.string() }) }),
        ),
      })
      .transform(({ VpcId: id, CidrBlockAssociationSet: blocks }) => ({
        id,
        cidrs: blocks
          .filter(({ CidrBlockState }) => CidrBlockState.State === 'associated')
          .map(({ CidrBlock }) => CidrBlock),
      })),
  )
  .default([]);
export type Vpc = z.output<typeof vpcsSchema>[number];

interface Places {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly subnets: ReadonlyMap<string, Subnet>;
}

export const those = ({ subnets }: Places, ids: readonly string[]): readonly Subnet[] =>
  ids.flatMap((id) => subnets.get(id) ?? []);

const zonesOf = (subnets: readonly Subnet[]): ReadonlySet<string> => new Set(subnets.map(({ zone }) => zone));

export const missingSubnets = (
  places: Places,
  ids: readonly string[],
  code: string,
  next: string,
): readonly Finding[] =>
  ids
    .filter((id) => !places.subnets.has(id))
    .map((id) => problem(code, `There is no subnet ${id} in this account and Region. ${next}`));

/** A new directory needs two subnets of its VPC, in two zones. */
export const directorySubnets = (
  places: Places,
  vpcId: string,
  subnetIds: readonly string[],
): readonly Finding[] => {
  const missing = missingSubnets(
    places,
    subnetIds,
    'subnet-missing',
    `Name two subnets of ${vpcId} as directory.subnetIds.`,
  );
  if (!places.vpcs.has(vpcId))
    return [
      problem(
        'vpc-missing',
        `There is no VPC ${vpcId} in this account and Region. Correct directory.vpcId, or start the execution in the VPC's Region.`,
      ),
      ...missing,
    ];
  const found = those(places, subnetIds);
  const elsewhere = found
    .filter((subnet) => subnet.vpcId !== vpcId)
    .map((subnet) =>
      problem(
        'subnet-elsewhere',
        `The subnet ${subnet.id} is in ${subnet.vpcId}, not in the directory's ${vpcId}. Name two subnets of ${vpcId} as directory.subnetIds.`,
      ),
    );
  const zones = [...zonesOf(found)];
  const together =
    found.length === 2 && zones.length === 1
      ? [
          problem(
            'subnet-zones',
            `The subnets ${subnetIds.join(' and ')} are both in ${zones.join()}, and a directory needs two zones. Name a subnet of another zone as one of directory.subnetIds.`,
          ),
        ]
      : [];
  return [...missing, ...elsewhere, ...together];
};

/** RDS needs subnets of one VPC, in two zones at least. */
export const databaseSubnets = (
  places: Places,
  identifier: string,
  subnetIds: readonly string[],
): readonly Finding[] => {
  const next = 'Name subnets of one VPC, in two zones at least, as database.subnetIds.';
  const missing = missingSubnets(places, subnetIds, 'database-subnet-missing', next);
  const found = those(places, subnetIds);
  const vpcs = [...new Set(found.map(({ vpcId }) => vpcId))];
  const apart =
    vpcs.length > 1
      ? [
          problem(
            'database-vpcs',
            `The subnets of the database ${identifier} are in several VPCs: ${vpcs.join(', ')}. ${next}`,
          ),
        ]
      : [];
  const zones = [...zonesOf(found)];
  const together =
    missing.length === 0 && zones.length === 1
      ? [
          problem(
            'database-zones',
            `The subnets of the database ${identifier} are all in ${zones.join()}, and RDS needs two zones. ${next}`,
          ),
        ]
      : [];
  return [...missing, ...apart, ...together];
};
