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

/** What an execution adds to, and takes nothing away from. */
const growing = ['AllowedNetworks', 'Logins', 'LoginRoles'] as const;

/** Everything in a changed form that an update cannot bring about, in words; an empty list where it can. */
export const impossibleChanges = (was: Parameters, is: Parameters): readonly string[] => [
  ...fixed
    .filter((name) => was[name] !== is[name])
    .map((name) => `${name} is ${String(was[name])} and stays so (${String(is[name])} was asked for)`),
  ...(was.DeletionProtection && !is.DeletionProtection
    ? ['DeletionProtection can be switched on, and off by hand alone']
    : []),
  ...growing.flatMap((name) => {
    const asked: readonly string[] = is[name];
    const gone = was[name].filter((value) => !asked.includes(value));
    return gone.length === 0 ? [] : `${name} can be added to, and ${gone.join(', ')} cannot be taken away`;
  }),
];
