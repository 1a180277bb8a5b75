import type { DBInstance } from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { existingInstance } from '../../../../functions/request/checks/existing-instance.ts';

const directoryId = 'd-0123456789';
const database = {
  existing: true as const,
  identifier: 'archive',
  allowInterruption: true,
  masterUserSecretArn: null,
  allowedNetworks: [],
  windowsLogins: [{ name: 'CORP\\DBAdmins', serverRoles: [] }],
};
/** An instance that may be joined as it is. */
const sound: DBInstance = {
  Engine: 'sqlserver-se',
  DBInstanceStatus: 'available',
  StorageEncrypted: true,
  MasterUserSecret: { SecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:archive' },
  PendingModifiedValues: {},
};
const memberOf = (Domain: string | undefined, Status: string, FQDN?: string): DBInstance => ({
  ...sound,
  DomainMemberships: [{ Domain, Status, ...(FQDN === undefined ? {} : { FQDN }) }],
});
const found = (change: DBInstance, asked = {}) =>
  existingInstance({ ...database, ...asked }, { ...sound, ...change }, directoryId);
const error = (code: string, words: string) => ({
  level: 'error',
  code,
  message: expect.stringContaining(words),
});
const warning = (code: string, words: string) => ({ ...error(code, words), level: 'warning' });

describe('an existing instance', () => {
  it('may be available, encrypted and in no domain', () => {
    expect(found({})).toEqual([]);
    expect(existingInstance(database, { ...sound, PendingModifiedValues: undefined }, null)).toEqual([]);
  });

  it('must be there', () => {
    expect(existingInstance(database, undefined, directoryId)).toEqual([
      error('instance-missing', 'There is no database instance archive in this account and Region.'),
    ]);
  });

  it.each(['postgres', 'custom-sqlserver-ee', undefined])('must run SQL Server, not %s', (Engine) => {
    expect(found({ Engine, StorageEncrypted: false })).toEqual([
      error('instance-engine', `archive runs ${Engine ?? ''}, not SQL Server on RDS`),
    ]);
  });

  it.each([
    [
      'backing-up',
      warning('instance-busy', 'is backing-up, not yet available. The steps that change it wait'),
    ],
    ['stopped', error('instance-status', 'The database instance archive is stopped. Start it.')],
    ['incompatible-network', error('instance-status', 'is incompatible-network')],
  ])('that is %s is named', (DBInstanceStatus, finding) => {
    expect(found({ DBInstanceStatus })).toEqual([finding]);
  });

  it.each([
    [
      'another directory',
      directoryId,
      memberOf('d-9999999999', 'joined', 'other.example.com'),
      'd-9999999999, other.example.com (joined)',
    ],
    ['a directory before ours is made', null, memberOf('d-9999999999', 'joined'), 'd-9999999999 (joined)'],
    [
      'another directory that it could not join',
      directoryId,
      memberOf('d-9999999999', 'failed'),
      'd-9999999999 (failed)',
    ],
    [
      'a self-managed domain',
      directoryId,
      memberOf(undefined, 'joined', 'corp.example.com'),
      'corp.example.com (joined)',
    ],
  ])('may not belong to %s', (_what, id, instance, words) => {
    expect(existingInstance(database, instance, id)).toEqual([
      error(
        'instance-in-other-domain',
        `The instance archive belongs to another domain: ${words}. Take it out`,
      ),
    ]);
  });

  it.each(['joined', 'kerberos-enabled'])(
    'may be %s to the directory, whatever else is pending',
    (Status) => {
      const instance = { ...memberOf(directoryId, Status), PendingModifiedValues: { AllocatedStorage: 300 } };

      expect(existingInstance({ ...database, allowInterruption: false }, instance, directoryId)).toEqual([]);
    },
  );

  it.each([
    ['in no domain', sound],
    ['joining', memberOf(directoryId, 'joining')],
    ['refused by it', memberOf(directoryId, 'failed')],
  ])('is not joined without its owner’s consent: %s', (_what, instance) => {
    const asked = { ...database, allowInterruption: false };
    const pending = { ...instance, PendingModifiedValues: { AllocatedStorage: 300 } };

    expect(existingInstance(asked, pending, directoryId)).toEqual([
      warning('join-owed', 'The instance archive will not be joined to the directory, and logins will wait'),
    ]);
  });

  it('may have nothing pending that joining would apply', () => {
    const PendingModifiedValues = { DBInstanceClass: 'db.r6i.large', AllocatedStorage: 300, Iops: undefined };

    expect(found({ PendingModifiedValues })).toEqual([
      error(
        'instance-pending-changes',
        'wait for its maintenance window: DBInstanceClass, AllocatedStorage. Joining',
      ),
    ]);
  });

  it('has a master user whose secret somebody knows, where there are logins to create', () => {
    const unknown = { MasterUserSecret: undefined };

    expect(found(unknown)).toEqual([error('instance-master-secret', 'the master user of archive')]);
    expect(found(unknown, { windowsLogins: [] })).toEqual([]);
    expect(found(unknown, { masterUserSecretArn: 'arn:aws:secretsmanager:x' })).toEqual([]);
  });

  it.each([false, undefined])('may be unencrypted (%s), with a warning', (StorageEncrypted) => {
    expect(found({ StorageEncrypted })).toEqual([warning('instance-unencrypted', 'is not encrypted')]);
  });

  it('has all of this named', () => {
    const instance = {
      ...memberOf('d-9999999999', 'joined'),
      DBInstanceStatus: 'modifying',
      StorageEncrypted: false,
    };
    const codes = existingInstance(database, { ...instance, MasterUserSecret: undefined }, directoryId);

    expect(codes.map(({ code }) => code)).toEqual([
      'instance-busy',
      'instance-in-other-domain',
      'instance-master-secret',
      'instance-unencrypted',
    ]);
  });

  it('is not judged by what nobody foresaw', () => {
    const instance = Object.defineProperty({ ...sound }, 'DBInstanceStatus', {
      get: () => {
        throw new TypeError('Not foreseen.');
      },
    });

    expect(() => existingInstance(database, instance, directoryId)).toThrow('Not foreseen.');
  });
});
