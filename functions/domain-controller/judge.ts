import { z } from 'zod';
import { domainName, shortName } from '../request/names.ts';
import { trustSchema } from '../request/trust.ts';
import type { Finding } from '../support/finding.ts';
import { judgeNetwork } from './judge-network.ts';
import type { Facts } from './results.ts';

/** What the domain controller is to be; `directory` is null where nothing is known of it yet. */
export const expectedSchema = z.object({
  domainName,
  shortName,
  trust: z.object({ type: trustSchema.shape.type }),
  directory: z
    .object({
      name: z.string(),
      shortName: z.string(),
      /** Empty before the directory exists. */
      dnsIpAddresses: z.array(z.string()),
    })
    .nullable(),
});
export type Expected = z.output<typeof expectedSchema>;

/** One finding where the condition holds. */
const found = (condition: boolean, level: Finding['level'], code: string, message: string): Finding[] =>
  condition ? [{ level, code, message }] : [];

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const tooOld = new Set(['Windows2000Forest', 'Windows2003InterimForest']);
const neededPipes = ['netlogon', 'samr', 'lsarpc'];
const defaultSite = 'Default-First-Site-Name';

const judgeForest = ({ domainName, forestRootDomain, forestMode }: Facts): Finding[] => [
  ...found(
    !same(domainName, forestRootDomain),
    'error',
    'not-forest-root',
    `A forest trust is made in the root domain of the forest, ${forestRootDomain}, and this is a domain controller of ${domainName}. Name one of ${forestRootDomain}, or ask for an External trust.`,
  ),
  ...found(
    tooOld.has(forestMode),
    'error',
    'old-forest-mode',
    `The forest's functional level is ${forestMode}. A forest trust needs Windows Server 2003 or newer: raise it.`,
  ),
];

/** What only a domain controller knows. */
const judgeDomain = (facts: Facts, expected: Expected): Finding[] => {
  const pipes = new Set(facts.nullSessionPipes.map((pipe) => pipe.toLowerCase()));
  const lacking = neededPipes.filter((pipe) => !pipes.has(pipe));
  const users = facts.usersWithoutPreauthentication;
  return [
    ...found(
      !same(facts.shortName, expected.shortName),
      'error',
      'other-short-name',
      `The domain's NetBIOS name is ${facts.shortName}, the request says ${expected.shortName}. Correct onPremises.shortName.`,
    ),
    ...found(
      expected.directory !== null && same(facts.shortName, expected.directory.shortName),
      'error',
      'same-short-name',
      `The directory has the company's NetBIOS name, ${facts.shortName}, and a trust needs two different ones. Give the directory another shortName.`,
    ),
    ...(expected.trust.type === 'Forest' ? judgeForest(facts) : []),
    ...found(
      lacking.length > 0,
      'error',
      'null-session-pipes',
      `NullSessionPipes (HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters) lacks ${lacking.join(', ')}, through which the directory looks up this domain. Add that; a policy may set it.`,
    ),
    ...found(
      users > 0,
      'warning',
      'users-without-preauthentication',
      `${users}${users >= 1000 ? ' or more' : ''} enabled accounts do not require Kerberos pre-authentication and cannot log in through the trust. Require it of those that are to.`,
    ),
    ...found(
      !same(facts.site, defaultSite),
      'warning',
      'other-site-name',
      `The domain controller's site is ${facts.site}, the directory's first site is called ${defaultSite}. Where the trust is refused with "Access is denied", rename the directory's site.`,
    ),
  ];
};

/** What keeps this machine from making the trust, and what to know of it. */
export const judge = (facts: Facts, expected: Expected): readonly Finding[] => {
  const addresses = expected.directory?.dnsIpAddresses ?? [];
  return [
    ...found(
      !facts.isDomainController,
      'error',
      'no-domain-controller',
      `The managed node is no domain controller but a member of ${facts.domainName}. Name a domain controller of ${expected.domainName}.`,
    ),
    ...found(
      !same(facts.domainName, expected.domainName),
      'error',
      'other-domain',
      `The managed node belongs to ${facts.domainName}, not to ${expected.domainName}. Name a domain controller of ${expected.domainName}.`,
    ),
    ...(facts.isDomainController ? judgeDomain(facts, expected) : []),
    ...found(
      !facts.secretsTool,
      'error',
      'no-secrets-tool',
      "Neither Get-SECSecretValue nor aws.exe is there to read the trust's password with. Install AWS.Tools.SecretsManager or the AWS CLI on the domain controller.",
    ),
    ...judgeNetwork(facts, expected.directory?.name ?? '', addresses),
  ];
};
