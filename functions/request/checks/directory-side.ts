import type { Finding } from '../../support/finding.ts';
import type { NormalisedRequest } from '../schema.ts';
import { controllerGroups } from './domain-controller.ts';
import { companyNetwork } from './network.ts';
import { directoryRoom } from './rules-room.ts';
import type { Sight } from './sight.ts';
import { directorySubnets, those } from './subnets.ts';

/** Everything about where the directory stands: its subnets, its way to the company, its security group. */
export const directoryFindings = (
  { directory: { directoryId, place }, controller, territory, rules }: Sight,
  { onPremises }: NormalisedRequest,
): readonly Finding[] => {
  if (place === null) return [];
  const { vpcId, subnetIds, securityGroupId, addresses } = place;
  const networks =
    addresses.length > 0
      ? addresses.map((address) => `${address}/32`)
      : those(territory, subnetIds).map(({ cidr }) => cidr);
  return [
    ...(directoryId === null ? directorySubnets(territory, vpcId, subnetIds) : []),
    ...companyNetwork(territory, place, onPremises, controller?.vpcId ?? null),
    ...directoryRoom(place, rules, onPremises),
    ...(controller === null ? [] : controllerGroups(controller, rules, { securityGroupId, networks })),
  ];
};
