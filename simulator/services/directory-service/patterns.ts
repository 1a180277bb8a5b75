import { ServiceError } from '../../wire/service-error.ts';

const domainName = '^([a-zA-Z0-9]+[\\.-])+([a-zA-Z0-9])+';

/** The patterns of the service's model, which the SDK leaves to the service to check. */
const patterns = {
  name: `${domainName}$`,
  shortName: '^[^\\\\/:*?"<>|.]+[^\\\\/:*?"<>|]*$',
  description: '^(?=.{0,128}$)([a-zA-Z0-9_])[\\\\a-zA-Z0-9_@#%*+=:?./!\\s-]*$',
  password:
    '^(?=.{8,64}$)((?=.*\\d)(?=.*[A-Z])(?=.*[a-z])|(?=.*\\d)(?=.*[^A-Za-z0-9\\s])(?=.*[a-z])|(?=.*[^A-Za-z0-9\\s])(?=.*[A-Z])(?=.*[a-z])|(?=.*\\d)(?=.*[A-Z])(?=.*[^A-Za-z0-9\\s])).*$',
  remoteDomainName: `${domainName}[.]?$`,
  trustPassword: '^[\\p{L}\\p{Nd}!-/:-@\\[-`{-~ ]{1,128}$',
  cidrIp: '^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!/)|(?=/))){4}/([1-9]|[12]\\d|3[0-2])$',
  ipAddr: '^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}$',
} as const;

type Member = keyof typeof patterns;
const secret = new Set<Member>(['password', 'trustPassword']);

/** Refuses values as AWS's front door does: all of them at once, before the service looks at anything. */
export const checkPatterns = (...given: readonly (readonly [Member, string | undefined])[]): void => {
  const problems = given.flatMap(([member, value]) => {
    const pattern = patterns[member];
    if (value === undefined || new RegExp(pattern, 'u').test(value)) return [];
    const what = secret.has(member) ? 'Value' : `Value '${value}'`;
    return `${what} at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`;
  });
  if (problems.length === 0) return;
  const errors = problems.length === 1 ? 'error' : 'errors';
  throw new ServiceError(
    'ValidationException',
    `${problems.length} validation ${errors} detected: ${problems.join('; ')}`,
  );
};
