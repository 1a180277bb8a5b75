import type { DBInstance, DomainMembership } from '@aws-sdk/client-rds';
import { isJoined, membershipOf } from '../../database/membership.ts';
import { ready } from '../../database/status.ts';
import { isStepError } from '../../support/errors.ts';
import type { Finding } from '../../support/finding.ts';
import type { ExistingDatabase } from '../database.ts';
import { problem, remark } from './findings.ts';

const status = (identifier: string, instance: DBInstance): readonly Finding[] => {
  try {
    ready(identifier, instance);
    return [];
  } catch (error) {
    if (!isStepError(error)) throw error;
    return error.name === 'NotReady'
      ? [remark('instance-busy', `${error.message} The steps that change it wait for that.`)]
      : [problem('instance-status', error.message)];
  }
};

const pendingOf = ({ PendingModifiedValues = {} }: DBInstance): readonly string[] =>
  Object.entries(PendingModifiedValues).flatMap(([name, value]) => (value === undefined ? [] : [name]));

const nameOf = ({ Domain, FQDN, Status }: DomainMembership): string =>
  `${[Domain, FQDN].filter((name) => name !== undefined).join(', ')} (${Status})`;

/** Joining is the one change that an existing instance gets: its owner has to agree, and nothing else may ride along. */
const joining = (
  { identifier, allowInterruption }: ExistingDatabase,
  instance: DBInstance,
): readonly Finding[] => {
  const membership = membershipOf(instance);
  if (membership !== null && isJoined(membership)) return [];
  if (!allowInterruption)
    return [
      remark(
        'join-owed',
        `The instance ${identifier} will not be joined to the directory, and logins will wait, because joining interrupts it and database.allowInterruption is false. Write true in a time when nobody needs it.`,
      ),
    ];
  const pending = pendingOf(instance);
  if (pending.length === 0) return [];
  return [
    problem(
      'instance-pending-changes',
      `The instance ${identifier} has changes that wait for its maintenance window: ${pending.join(', ')}. Joining it would apply them at once. Apply or withdraw them first.`,
    ),
  ];
};

/** What keeps an instance that is there already from joining the directory, or its logins from being made. */
export const existingInstance = (
  database: ExistingDatabase,
  instance: DBInstance | undefined,
  directoryId: string | null,
): readonly Finding[] => {
  const { identifier } = database;
  if (instance === undefined)
    return [
      problem(
        'instance-missing',
        `There is no database instance ${identifier} in this account and Region. Correct database.identifier, or describe a new database instead of "existing": true.`,
      ),
    ];
  const { Engine = '', DomainMemberships = [], MasterUserSecret, StorageEncrypted } = instance;
  if (!Engine.startsWith('sqlserver-'))
    return [
      problem(
        'instance-engine',
        `The instance ${identifier} runs ${Engine}, not SQL Server on RDS. Name another instance as database.identifier.`,
      ),
    ];
  const other = DomainMemberships.find(({ Domain }) => directoryId === null || Domain !== directoryId);
  const secret = database.masterUserSecretArn ?? MasterUserSecret?.SecretArn;
  return [
    ...status(identifier, instance),
    ...(other === undefined
      ? joining(database, instance)
      : [
          problem(
            'instance-in-other-domain',
            `The instance ${identifier} belongs to another domain: ${nameOf(other)}. Take it out of there (ModifyDBInstance with the domain "none"), or name another instance.`,
          ),
        ]),
    ...(database.windowsLogins.length > 0 && secret === undefined
      ? [
          problem(
            'instance-master-secret',
            `Nobody knows the secret of the master user of ${identifier}, who has to create the logins. Let RDS manage the master password, or name the secret as database.masterUserSecretArn.`,
          ),
        ]
      : []),
    ...(StorageEncrypted
      ? []
      : [
          remark(
            'instance-unencrypted',
            `The storage of the instance ${identifier} is not encrypted. It stays so; to change it, restore an encrypted copy of a snapshot.`,
          ),
        ]),
  ];
};
