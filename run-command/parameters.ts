/** A parameter of a Run Command document. The agent hands it over as SSM_<name>; it never becomes script text. */
export interface DocumentParameter {
  readonly type: 'String';
  readonly interpolationType: 'ENV_VAR';
  readonly description: string;
  readonly allowedPattern: string;
  readonly allowedValues?: readonly string[];
  readonly default?: string;
}

const label = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const domainName = `(${label}\\.){1,15}${label}`;
const octet = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const address = `${octet}(\\.${octet}){3}`;
const addresses = `${address}(,${address}){0,3}`;
const trustSecret =
  'arn:aws[a-z-]*:secretsmanager:[a-z]{2}(-[a-z]+)+-[0-9]:[0-9]{12}:secret:forestbridge/[A-Za-z0-9][A-Za-z0-9-]{0,39}/trust-[A-Za-z0-9]{6}';

const matching = (pattern: string, description: string): DocumentParameter => ({
  type: 'String',
  interpolationType: 'ENV_VAR',
  description,
  allowedPattern: `^(${pattern})$`,
});

const oneOf = (description: string, ...values: readonly string[]): DocumentParameter => ({
  ...matching(values.join('|'), description),
  allowedValues: values,
});

const optional = (pattern: string, description: string): DocumentParameter => ({
  ...matching(`(${pattern})?`, description),
  default: '',
});

const directoryName = 'The fully qualified name of the managed directory.';
const dnsAddresses = 'The addresses of its DNS servers, separated by commas.';
const trustType = oneOf('The kind of trust.', 'Forest', 'External');
const direction = oneOf(
  'The direction of the trust as Windows calls it on this side.',
  'Inbound',
  'Outbound',
  'Bidirectional',
);

/** What each document takes. No password: a script reads it from the secret, under its machine's own role. */
export const parameters = {
  'check-domain-controller': {
    DirectoryName: optional(domainName, `${directoryName} Empty before it exists.`),
    DirectoryDnsIpAddresses: optional(addresses, `${dnsAddresses} Empty before it exists.`),
    PassedIn: {
      ...oneOf('Leave as it is: shows the script that the agent hands parameters over.', 'environment'),
      default: 'environment',
    },
  },
  'forward-dns': {
    DirectoryName: matching(domainName, directoryName),
    DirectoryDnsIpAddresses: matching(addresses, dnsAddresses),
    MayChange: oneOf('Whether an existing forwarder may be changed.', 'true', 'false'),
  },
  'create-trust': {
    DirectoryName: matching(domainName, directoryName),
    TrustType: trustType,
    Direction: direction,
    SelectiveAuthentication: oneOf('Whether a user needs Allowed to Authenticate.', 'true', 'false'),
    SecretArn: matching(trustSecret, 'The secret that holds the password of the trust.'),
    Action: oneOf('Make this side, or give the one that exists a new password.', 'create', 'reset'),
    MayChange: oneOf('Whether a side that exists may get a new password.', 'true', 'false'),
  },
  'confirm-trust': {
    DirectoryName: matching(domainName, directoryName),
    TrustType: trustType,
    Direction: direction,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, DocumentParameter>>>>;

export type DocumentName = keyof typeof parameters;
