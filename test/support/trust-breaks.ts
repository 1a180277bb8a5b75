import { companyNetwork, domainName, type TrustAccount } from './trust-account.ts';
import { half, subnetId } from './trust-halves.ts';

const removeRules = ({ world, directory }: TrustAccount, egress: boolean): void => {
  const { rules = [] } = world.network.securityGroups.get(directory.securityGroupId) ?? {};
  world.network.removeRules(
    directory.securityGroupId,
    rules.filter((rule) => rule.egress === egress && rule.peer === companyNetwork).map(({ id }) => id),
  );
};

type Break = (account: TrustAccount) => void;
const closed =
  (port: number): Break =>
  ({ forest }) =>
    void forest.closedPorts.add(port);

/** What keeps the directory from the company: a trust cannot even be made. */
export const contactBreaks: readonly (readonly [string, Break])[] = [
  ['no forwarder in AWS', ({ directory }) => directory.forwarders.clear()],
  [
    'a forwarder in AWS to other addresses',
    ({ directory }) => void directory.forwarders.set(domainName, { addresses: ['10.20.0.99'], cached: null }),
  ],
  ['a forwarder in AWS without effect', ({ world }) => void world.causes.broken.add('forwarder-in-aws')],
  ['port 53 closed by the firewall', closed(53)],
  ['port 135 closed by the firewall', closed(135)],
  ['port 389 closed by the firewall', closed(389)],
  ['port 445 closed by the firewall', closed(445)],
  ['the high ports closed by the firewall', closed(49_152)],
  ['no egress rule', (account) => removeRules(account, true)],
  [
    'no route to the company',
    ({ world }) =>
      world.network.route(subnetId, { destination: companyNetwork, target: 'tgw-1', state: 'blackhole' }),
  ],
  [
    'a network ACL that lets nothing through',
    ({ world }) => void Object.assign(world.network.networkAclOf(subnetId), { entries: [] }),
  ],
  ['a domain controller that is down', ({ controller }) => void Object.assign(controller, { up: false })],
  ['no domain controller', ({ forest }) => void forest.domainControllers.splice(0)],
];

/** What keeps the company from the directory. */
export const returnBreaks: readonly (readonly [string, Break])[] = [
  ['no forwarder on premises', ({ forest }) => forest.forwarders.clear()],
  [
    'a forwarder on premises to other addresses',
    ({ forest, directory }) => void forest.forwarders.set(directory.name, ['10.0.0.99']),
  ],
  [
    'a forwarder on premises without effect',
    ({ world }) => void world.causes.broken.add('forwarder-on-premises'),
  ],
  ['no ingress rule', (account) => removeRules(account, false)],
];

/** What makes two halves that are no trust. */
export const halfBreaks: readonly (readonly [string, Break])[] = [
  ['no half on premises', ({ forest }) => forest.halves.clear()],
  ['a half of another direction', (account) => half(account, { direction: 'Outbound' })],
  ['a half of both directions', (account) => half(account, { direction: 'Bidirectional' })],
  ['a half of another type', (account) => half(account, { type: 'External' })],
  ['a half with another password', (account) => half(account, { password: 'another' })],
  ['a half without effect', ({ world }) => void world.causes.broken.add('half-on-premises')],
  ['a password that is another', ({ world }) => void world.causes.broken.add('trust-password')],
];
