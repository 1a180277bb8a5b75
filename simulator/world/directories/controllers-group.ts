import { known } from '../network/known.ts';
import type { Network, NewRule } from '../network.ts';

type Port = Pick<NewRule, 'protocol' | 'fromPort' | 'toPort'>;

const rule = (rule: Omit<NewRule, 'description'>): NewRule => ({ ...rule, description: null });
const ports = (protocol: string, ...ranges: readonly (readonly [number, number])[]): Port[] =>
  ranges.map(([fromPort, toPort]) => ({ protocol, fromPort, toPort }));

/** What the controllers of a new directory let in from their own VPC. */
const controllerPorts = [
  ...ports(
    'tcp',
    [53, 53],
    [88, 88],
    [135, 135],
    [389, 389],
    [445, 445],
    [464, 464],
    [636, 636],
    [1024, 65_535],
    [3268, 3269],
  ),
  ...ports('udp', [53, 53], [88, 88], [123, 123], [138, 138], [389, 389], [445, 445], [464, 464]),
  ...ports('icmp', [-1, -1]),
];

/** The security group that AWS makes for the controllers: in from the directory's own VPC, out only to itself. */
export const controllersGroup = (network: Network, directoryId: string, vpcId: string): string => {
  const group = network.addSecurityGroup(
    vpcId,
    `${directoryId}_controllers`,
    `AWS created security group for ${directoryId} directory controllers`,
  );
  network.removeRules(
    group.id,
    group.rules.map(({ id }) => id),
  );
  const { cidr } = known(network.vpcs, vpcId);
  network.addRules(group.id, [
    ...[true, false].map((egress) =>
      rule({ egress, protocol: '-1', fromPort: -1, toPort: -1, peer: group.id }),
    ),
    ...controllerPorts.map((port) => rule({ egress: false, ...port, peer: cidr })),
  ]);
  return group.id;
};

const everybody = '0.0.0.0/0';

/** Makes it the group of an older directory, which lets in not its own VPC but everybody. */
export const letEverybodyIn = (network: Network, groupId: string): void => {
  const { rules } = known(network.securityGroups, groupId);
  const fromVpc = rules.filter(({ egress, peer }) => !egress && peer !== groupId);
  network.removeRules(
    groupId,
    fromVpc.map(({ id }) => id),
  );
  network.addRules(
    groupId,
    controllerPorts.map((port) => rule({ egress: false, ...port, peer: everybody })),
  );
};

/** What AWS does to the group where it is asked to update it for an IP route. */
export const openToEverybody = (network: Network, groupId: string): void => {
  network.addRules(groupId, [
    rule({ egress: true, protocol: '-1', fromPort: -1, toPort: -1, peer: everybody }),
    ...controllerPorts.map((port) => rule({ egress: false, ...port, peer: everybody })),
  ]);
};
