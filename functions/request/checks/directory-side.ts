import type { Finding } from '../../support/finding.ts';
import type { NormalisedRequest } from '../schema.ts';
import { directoryParty } from './closed-groups.ts';
import { controllerGroups, wayBack } from './domain-controller.ts';
import { companyNetwork } from './network.ts';
import { directoryRoom } from './rules-room.ts';
import type { Sight } from './sight.ts';
import { directorySubnets } from './subnets.ts';

/** Everything about where the directory stands: its subnets, its way to the company, its security group. */
export const directoryFindings = (
  { directory: { directoryId, place }, controller, territory, rules }: Sight,
  { onPremises }: NormalisedRequest,
): readonly Finding[] => {
  if (place === null) return [];
  return [
    ...(directoryId === null ? directorySubnets(territory, place.vpcId, place.subnetIds) : []),
    ...companyNetwork(territory, place, onPremises, controller?.vpcId ?? null),
    ...directoryRoom(place, rules, onPremises),
    ...(controller === null
      ? []
      : [
          ...controllerGroups(controller, rules, directoryParty(place, territory)),
          ...wayBack(controller, territory, place),
        ]),
  ];
};
