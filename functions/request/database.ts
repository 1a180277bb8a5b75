import { z } from 'zod';
import { fields, list, oneOf, securityGroupId, subnetId, text, whole, yesOrNo } from './fields.ts';
import { loginName } from './names.ts';
import { network } from './networks.ts';

/** Ports that RDS keeps for itself, or that Windows does. */
const takenPorts = new Set([1234, 1434, 3260, 3343, 3389, 47001, 49152, 49153, 49154, 49155, 49156]);
const takenUsers = new Set(['sa', 'rdsa', 'rdsadmin', 'public', 'guest', 'dbo', 'sys']);

const identifierAdvice =
  'write an RDS instance identifier of 1 to 63 letters, digits and single hyphens, the first a letter, the last no hyphen, such as "orders"';
/** What an instance is called in RDS, in lower case. */
export const identifier = text(/^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/, identifierAdvice)
  .max(63, { error: identifierAdvice })
  .overwrite((name) => name.toLowerCase());

const sortedOnce = <Word extends string>(words: Word[]): Word[] => [...new Set(words)].toSorted();

const windowsLoginSchema = fields({
  name: loginName,
  serverRoles: list(
    oneOf('processadmin', 'setupadmin'),
    0,
    2,
    'server roles of "processadmin" and "setupadmin", the only ones that RDS gives',
  ).overwrite(sortedOnce),
});

const windowsLogins = list(windowsLoginSchema, 0, 100, 'logins, each with name and serverRoles');
const allowedNetworks = (least: 0 | 1) => list(network, least, 20, 'networks that may reach the database');

const portAdvice = `write a port from 1150 to 65535 that SQL Server on RDS may use, such as 1433 (not ${[...takenPorts].join(', ')})`;
const port = z
  .int({ error: portAdvice })
  .min(1150, { error: portAdvice })
  .max(65_535, { error: portAdvice })
  .refine((number) => !takenPorts.has(number), { error: portAdvice });

const masterUsernameAdvice =
  'write 1 to 16 letters, digits and underscores, the first a letter, and no name that SQL Server or RDS uses itself, such as "admin"';
const masterUsername = text(/^[A-Za-z][A-Za-z0-9_]{0,15}$/, masterUsernameAdvice).refine(
  (name) => !takenUsers.has(name.toLowerCase()),
  { error: masterUsernameAdvice },
);

const required = {
  identifier,
  engine: oneOf('sqlserver-ee', 'sqlserver-se', 'sqlserver-ex', 'sqlserver-web'),
  instanceClass: text(/^db(\.[a-z0-9-]{1,20}){2}$/, 'write an RDS instance class, such as "db.r6i.xlarge"'),
  allocatedStorage: whole(20, 16_384, 'the storage in GiB'),
  storageType: oneOf('gp3', 'gp2', 'io1', 'io2'),
  multiAz: yesOrNo,
  backupRetentionDays: whole(0, 35, 'the days that backups are kept'),
  deletionProtection: yesOrNo,
  subnetIds: list(subnetId, 2, 20, 'subnet ids, in at least two zones'),
  allowedNetworks: allowedNetworks(1),
};

const withDefault = {
  port,
  masterUsername,
  logExports: list(oneOf('agent', 'error'), 0, 2, 'logs to export, "agent" and "error"').overwrite(
    sortedOnce,
  ),
  autoMinorVersionUpgrade: yesOrNo,
  securityGroupIds: list(securityGroupId, 0, 4, 'security group ids'),
  windowsLogins,
};

/** A key as a request names it. */
export const kmsKeyId = text(
  /^(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key\/[A-Za-z0-9-]+|alias\/[A-Za-z0-9/_-]+)|alias\/[A-Za-z0-9/_-]+|(mrk-)?[0-9a-f-]{32,36})$/,
  'write the ARN, id or alias of a KMS key, such as "alias/databases"',
);

const mayBeAbsent = {
  engineVersion: text(
    /^\d{2}\.\d{2}\.\d{4}\.\d{1,3}\.v\d{1,3}$/,
    'write a whole engine version, such as "16.00.4245.2.v1"',
  ),
  iops: whole(1000, 256_000, 'the provisioned operations a second'),
  kmsKeyId,
  subnetGroupName: text(
    /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,254}$/,
    'write the name of an existing DB subnet group, or leave it out to have one made of subnetIds',
  ).overwrite((name) => name.toLowerCase()),
};

/** The secret of an instance's master user, where RDS does not keep that itself. */
export const masterUserSecretArn = text(
  /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@!-]{1,519}$/,
  'write the ARN of the secret that holds the instance\'s master user, such as "arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders-AbCdEf"',
);

/** A database as it is written: a new one, or an existing one to join. */
export const givenDatabase = z.discriminatedUnion(
  'existing',
  [
    fields({
      existing: z.literal(false).optional(),
      ...required,
      port: port.default(1433),
      masterUsername: masterUsername.default('admin'),
      logExports: withDefault.logExports.default([]),
      autoMinorVersionUpgrade: yesOrNo.default(true),
      securityGroupIds: withDefault.securityGroupIds.default([]),
      windowsLogins: windowsLogins.default([]),
      engineVersion: mayBeAbsent.engineVersion.optional(),
      iops: mayBeAbsent.iops.optional(),
      kmsKeyId: mayBeAbsent.kmsKeyId.optional(),
      subnetGroupName: mayBeAbsent.subnetGroupName.optional(),
    }),
    fields({
      existing: z.literal(true),
      identifier,
      allowInterruption: yesOrNo,
      masterUserSecretArn: masterUserSecretArn.optional(),
      allowedNetworks: allowedNetworks(0).default([]),
      windowsLogins: windowsLogins.default([]),
    }),
  ],
  {
    error:
      'write an object with identifier and the other fields of a new database, or with "existing": true for one that is there',
  },
);

/** A new instance as every step sees it; what the request leaves to AWS is null. */
const newDatabaseSchema = z.strictObject({
  existing: z.literal(false),
  ...required,
  ...withDefault,
  engineVersion: mayBeAbsent.engineVersion.nullable(),
  iops: mayBeAbsent.iops.nullable(),
  kmsKeyId: mayBeAbsent.kmsKeyId.nullable(),
  subnetGroupName: mayBeAbsent.subnetGroupName.nullable(),
});
export type NewDatabase = z.output<typeof newDatabaseSchema>;

/** An instance that is there already and is to join the directory. */
const existingDatabaseSchema = z.strictObject({
  existing: z.literal(true),
  identifier,
  allowInterruption: yesOrNo,
  masterUserSecretArn: masterUserSecretArn.nullable(),
  allowedNetworks: allowedNetworks(0),
  windowsLogins,
});
export type ExistingDatabase = z.output<typeof existingDatabaseSchema>;

export const databaseSchema = z.discriminatedUnion('existing', [newDatabaseSchema, existingDatabaseSchema]);
export type Database = z.output<typeof databaseSchema>;

/** The database with everything filled in. */
export const normaliseDatabase = (given: z.output<typeof givenDatabase>): Database =>
  given.existing === true
    ? { ...given, masterUserSecretArn: given.masterUserSecretArn ?? null }
    : {
        ...given,
        existing: false,
        engineVersion: given.engineVersion ?? null,
        iops: given.iops ?? null,
        kmsKeyId: given.kmsKeyId ?? null,
        subnetGroupName: given.subnetGroupName ?? null,
      };
