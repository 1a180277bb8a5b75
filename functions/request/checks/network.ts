import type { Finding } from '../../support/finding.ts';
import { isInside, overlap } from '../networks.ts';
import type { OnPremises } from '../schema.ts';
import type { Place } from './directory.ts';
import { problem, remark } from './findings.ts';
import { networkAclFindings } from './network-acl.ts';
import { routeFindings } from './routes.ts';
import { those } from './subnets.ts';
import type { Territory } from './territory.ts';

const singleServer = ({ domainName, dnsIpAddresses }: OnPremises): readonly Finding[] =>
  dnsIpAddresses.length === 1
    ? [
        remark(
          'single-dns-server',
          `The directory will ask only ${dnsIpAddresses.join()} for names of ${domainName}: while that server is down, nobody of the company can log in. Name a second one in onPremises.dnsIpAddresses.`,
        ),
      ]
    : [];

/** Whether packets find their way between the directory's subnets and the company's networks, and are let through. */
export const companyNetwork = (
  territory: Territory,
  place: Place,
  onPremises: OnPremises,
  controllerVpcId: string | null,
): readonly Finding[] => {
  const cidrs = territory.vpcs.get(place.vpcId)?.cidrs ?? [];
  const overlaps = onPremises.networks.flatMap((network) =>
    cidrs.filter((cidr) => overlap(network, cidr)).map((cidr) => ({ network, cidr })),
  );
  // A company may run its domain controllers in the very VPC: nothing needs a route there.
  const isHome = ({ network, cidr }: (typeof overlaps)[number]): boolean =>
    controllerVpcId === place.vpcId && isInside(network, cidr);
  const clashes = overlaps
    .filter((each) => !isHome(each))
    .map(({ network, cidr }) =>
      problem(
        'network-overlap',
        `The company's network ${network} overlaps ${cidr} of the directory's ${place.vpcId}, so packets to it never leave the VPC. Use a VPC of other addresses, or name only the networks outside it in onPremises.networks.`,
      ),
    );
  const outside = onPremises.networks.filter((network) => !overlaps.some((each) => each.network === network));
  const subnets = those(territory, place.subnetIds);
  return [
    ...clashes,
    ...routeFindings(territory.routeTables, subnets, outside, 'route'),
    ...networkAclFindings(territory.networkAcls, subnets, onPremises.networks),
    ...singleServer(onPremises),
  ];
};
