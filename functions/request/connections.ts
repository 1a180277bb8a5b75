import { z } from 'zod';
import { identifier, kmsKeyId, masterUserSecretArn } from './database.ts';
import { fields, managedNodeId, securityGroupId, subnetId, text, vpcId, yesOrNo } from './fields.ts';
import { domainName, shortName } from './names.ts';
import { address, network } from './networks.ts';
import { trustSchema } from './trust.ts';

const prefixAdvice =
  'write how the identifiers of new databases begin: up to 57 lower-case letters, digits and single hyphens, the first a letter, such as "crm-"';
/** In lower case, as RDS writes identifiers. */
const identifierPrefix = text(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*-?$/, prefixAdvice).max(57, {
  error: prefixAdvice,
});

/** Service Catalog offers it in a list. */
const connectionName = text(
  /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,38}[A-Za-z0-9._-])?$/,
  'write 1 to 40 letters, digits, spaces and . _ -, the first a letter or digit, such as "corp"',
);

const directoryId = text(
  /^d-[0-9a-f]{10}$/,
  'write the id of a directory for all databases, such as "d-0123456789", or instead of it nameSuffix, the domain that new directories are named under, such as "aws.example.com"',
);

const any = <Element extends z.ZodType>(element: Element, what: string) =>
  z.array(element, { error: `write a list of ${what}; an empty one allows nothing` });

const connectionSchema = fields({
  name: connectionName,
  domainName,
  shortName,
  dnsIpAddresses: any(address, "addresses of the company's DNS servers"),
  networks: any(network, "networks that hold the company's domain controllers and DNS servers"),
  /** Where clients and applications are: the directory and databases may be opened to these and to `networks`. */
  clientNetworks: any(network, 'networks whose clients log in'),
  domainControllers: any(
    fields({
      managedNodeId,
      roleArn: text(
        /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
        "write the ARN of the domain controller's role",
      ),
    }),
    'domain controllers, each with managedNodeId and roleArn',
  ),
  trust: trustSchema.pick({ type: true, direction: true }).extend({
    /** What requests from the catalog ask for, whose requesters are not asked. */
    selectiveAuthentication: yesOrNo.default(false),
  }),
  directory: z.union([fields({ directoryId }), fields({ nameSuffix: domainName })], {
    error: 'write an object of directoryId or nameSuffix',
  }),
  vpcIds: any(vpcId, 'VPC ids'),
  /** From the catalog, a new directory gets the first two, and a database the others. */
  subnetIds: any(subnetId, 'subnet ids'),
  securityGroupIds: any(securityGroupId, 'security group ids').default([]),
  /** The keys that a new database's storage may be encrypted with, beside the account's own for RDS. */
  kmsKeyIds: any(kmsKeyId, 'ARNs, ids or aliases of KMS keys').default([]),
  /** How the identifiers of new databases begin, and no others in the account: what is called so may be tagged as ours. */
  identifierPrefixes: any(identifierPrefix, 'beginnings of the identifiers of new databases, such as "crm-"'),
  /** Instances that may join, each with the secret of its master user where RDS does not keep that itself. */
  existingInstances: any(
    fields({
      identifier,
      masterUserSecretArn: masterUserSecretArn.optional(),
      /** Its security groups, one of which gets a rule for who is to reach it. */
      securityGroupIds: any(securityGroupId, 'security group ids').default([]),
    }),
    'instances, each with identifier',
  ),
});
export type Connection = z.output<typeof connectionSchema>;

/** What a deployment lets be connected, each under a name of its own; an empty list allows nothing. */
export const connectionsSchema = z
  .array(connectionSchema, { error: 'write a list of connections' })
  .superRefine((all, context) => {
    const names = all.map(({ name }) => name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: 'give each connection a name of its own',
        });
  });

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('write the list of connections as JSON');
    return z.NEVER;
  }
});

/** The connections as a function's environment has them. */
export const connectionsSetting = json.pipe(connectionsSchema);
