import { text } from './fields.ts';

/** What Active Directory keeps for itself; a domain of such a name cannot be created. */
const reserved = new Set(
  [
    [
      'ANONYMOUS',
      'BATCH',
      'BUILTIN',
      'DIALUP',
      'INTERACTIVE',
      'INTERNET',
      'LOCAL',
      'NETWORK',
      'NULL',
      'PROXY',
    ],
    ['RESTRICTED', 'SELF', 'SERVER', 'SERVICE', 'SYSTEM', 'USERS', 'WORLD'],
  ].flat(),
);

const label = '[A-Za-z0-9]+(-[A-Za-z0-9]+)*';
const domainPattern = new RegExp(`^(${label}\\.)+(?=[0-9-]*[A-Za-z])${label}\\.?$`);
const bare = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const domainNameOf = (longest: number, why: string) => {
  const advice = `write a fully qualified domain name of at least two labels and at most ${longest} characters${why}, such as "corp.example.com": letters, digits and single hyphens`;
  return text(domainPattern, advice)
    .overwrite(bare)
    .refine((name) => name.length <= longest, { error: advice });
};

/** The fully qualified name of a domain, in lower case, without a trailing dot. */
export const domainName = domainNameOf(64, " (Active Directory's limit)");
/** The same for a directory that SQL Server is to join. */
export const directoryName = domainNameOf(47, " (SQL Server's limit)");

/** How NetBIOS names are written, as a form has it. */
export const netbios = "[A-Za-z0-9][A-Za-z0-9!#$%&'()_{}~^-]{0,14}";
const isFree = (name: string): boolean => !reserved.has(name);

/** A NetBIOS name, in upper case. */
export const shortName = (() => {
  const advice =
    'write a NetBIOS name of 1 to 15 letters, digits and hyphens, such as "CORP", without a dot and none of Windows\' reserved words';
  return text(new RegExp(`^${netbios}$`), advice)
    .overwrite((name) => name.toUpperCase())
    .refine(isFree, { error: advice });
})();

/** How users and groups are written, as a form has it: Java wants the bracket escaped. */
export const principal = '(?! )(?:[^"/\\\\\\[\\]:;|=,+*?<>@\\p{C}\\p{Z}]| ){1,112}(?<![ .])';

/** A user or group as `SHORT\principal`, SHORT in upper case. */
export const loginName = text(
  new RegExp(`^${netbios}\\\\${principal}$`, 'u'),
  'write the NetBIOS name of the company\'s domain, a backslash and the account or group, such as "CORP\\DBAdmins" (in JSON "CORP\\\\DBAdmins"), never a user@domain name; Active Directory forbids " / \\ [ ] : ; | = , + * ? < > @, control characters and a dot at the end',
).overwrite((name) => name.replace(/^[^\\]+/, (short) => short.toUpperCase()));

/** The NetBIOS name that AWS gives a directory whose request names none. */
export const firstLabel = (name: string): string => name.replace(/\..*/, '').toUpperCase();
