import type { Connection } from '../request/connections.ts';
import { isInside } from '../request/networks.ts';
import { type Admitted, admitted } from './derive-request.ts';
import type { Parameters } from './parameters.ts';

/** What an execution does not change in what is there. */
const fixed = [
  'Connection',
  'DatabaseIdentifier',
  'Engine',
  'InstanceClass',
  'StorageGiB',
  'MultiAz',
  'BackupDays',
] as const;

type Login = Admitted['windowsLogins'][number];

/** An account is the same in upper and lower case. */
const isSame = (one: Login, other: Login): boolean => one.name.toLowerCase() === other.name.toLowerCase();

const takenAway = (name: string, gone: readonly string[], meaning = ''): readonly string[] =>
  gone.length === 0 ? [] : [`${name} can be added to, and ${gone.join(', ')} cannot be taken away${meaning}`];

/** Everything in a changed form that would have to change what an execution does not, in words. */
export const changesOfFixed = (was: Parameters, is: Parameters): readonly string[] => [
  ...fixed
    .filter((name) => was[name] !== is[name])
    .map((name) => `${name} is ${String(was[name])} and stays so (${String(is[name])} was asked for)`),
  ...(was.DeletionProtection && !is.DeletionProtection
    ? ['DeletionProtection can be switched on, and off by hand alone']
    : []),
];

/**
 * Everything that a changed form would take away, to which an execution only adds, in words. What counts is what the
 * forms come to over their connection: the same account can be written in two ways, and no networks are all of them.
 */
export const takings = (connection: Connection, was: Parameters, is: Parameters): readonly string[] => {
  const before = admitted(connection, was);
  const after = admitted(connection, is);
  const networks = before.allowedNetworks.filter(
    (network) => !after.allowedNetworks.some((other) => isInside(network, other)),
  );
  const without = [was, is].find(({ AllowedNetworks }) => AllowedNetworks.length === 0);
  const meaning =
    without === undefined
      ? ''
      : ` (left empty it means all clients' networks: ${admitted(connection, without).allowedNetworks.join(', ')})`;
  const logins = before.windowsLogins.filter(
    (login) => !after.windowsLogins.some((other) => isSame(login, other)),
  );
  const roles = before.windowsLogins.flatMap((login) =>
    after.windowsLogins
      .filter((other) => isSame(login, other))
      .flatMap((other) => login.serverRoles.filter((role) => !other.serverRoles.includes(role))),
  );
  return [
    ...takenAway('AllowedNetworks', networks, meaning),
    ...takenAway(
      'Logins',
      logins.map(({ name }) => name),
    ),
    ...takenAway('LoginRoles', [...new Set(roles)]),
  ];
};
