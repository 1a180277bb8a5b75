import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as secretsPackage from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createWindowsLogins } from '../../../functions/database/create-windows-logins.ts';
import { CertificateAuthority } from '../../../simulator/sql-server/certificate-authority.ts';
import { Endpoint } from '../../../simulator/wire/endpoint.ts';
import { service } from '../../../simulator/wire/service.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { endpoint, masterUser, sqlInstance } from '../../support/sql-instance.ts';

const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-orders-AbCdEf';
const verifiedAt = '2025-01-01T00:00:00.000Z';
const after = (minutes: number): Date => new Date(Date.parse(verifiedAt) + minutes * 60_000);

const input = {
  instance: { identifier: 'orders', endpoint, port: 1433, masterUserSecretArn: secretArn },
  onPremises: { domainName: 'corp.example.com', shortName: 'CORP' },
  verifiedAt,
  since: verifiedAt,
};
const admins = { name: 'CORP\\DBAdmins', serverRoles: ['processadmin', 'setupadmin'] };
const readers = { name: 'CORP\\Readers', serverRoles: [] };

type Instance = Pick<Awaited<ReturnType<typeof sqlInstance>>, 'authorities' | 'connect'>;

interface Circumstances {
  readonly now?: Date;
  /** What Secrets Manager answers. */
  readonly secret?: () => secretsPackage.GetSecretValueCommandOutput['SecretString'];
  readonly connect?: (host: string, port: number) => Promise<Socket>;
}

const authoritiesIn = async (certificatePem: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'forestbridge-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'authorities.pem');
  await writeFile(file, certificatePem);
  return file;
};

/** Runs the step for these logins against a server. */
const run = async (
  instance: Instance,
  logins: readonly object[],
  {
    now = after(1),
    secret = () => JSON.stringify(masterUser),
    connect = instance.connect,
  }: Circumstances = {},
): Promise<unknown> => {
  const endpointOfAws = new Endpoint([
    service('secretsmanager', secretsPackage, {
      GetSecretValue({ SecretId: id }: secretsPackage.GetSecretValueRequest) {
        if (id !== secretArn) throw new ServiceError('ResourceNotFoundException', `There is no ${id}.`);
        const SecretString = secret();
        return SecretString === undefined ? {} : { SecretString };
      },
    }),
  ]);
  const handler = createWindowsLogins.bind({
    clientConfiguration: {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      requestHandler: endpointOfAws.requestHandler(),
      maxAttempts: 1,
    },
    environment: { DATABASE_CA_FILE: await authoritiesIn(instance.authorities) },
    now: () => now,
    connect,
    put: () => Promise.reject(new Error('Nobody waits.')),
    log: { debug() {}, info() {}, error() {} },
  });
  return handler({ ...input, logins }, lambdaContext);
};

const failureOf = async (running: Promise<unknown>): Promise<Error> => {
  const failure: unknown = await running.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof Error)) throw new TypeError('Nothing failed.');
  return failure;
};

describe('createWindowsLogins', () => {
  it('makes the logins in the order of the request, with their server roles', async () => {
    const instance = await sqlInstance();

    const output = await run(instance, [readers, admins]);

    expect(output).toEqual({
      logins: ['CORP\\Readers', 'CORP\\DBAdmins'],
      created: ['CORP\\Readers', 'CORP\\DBAdmins'],
    });
    expect(instance.server.logins).toEqual([readers, admins]);
  });

  it('connects to the endpoint of the instance', async () => {
    const instance = await sqlInstance();
    const connect = vi.fn(instance.connect);

    await run(instance, [], { connect });

    expect(connect).toHaveBeenCalledExactlyOnceWith(endpoint, 1433);
  });

  it('changes nothing when it is called again', async () => {
    const instance = await sqlInstance();
    const first = await run(instance, [admins, readers]);

    const second = await run(instance, [admins, readers]);

    expect(second).toEqual(first);
    expect(instance.server.logins).toEqual([admins, readers]);
  });

  it.each([
    ['made those that came after its first execution began', 120, ['CORP\\DBAdmins', 'CORP\\Readers']],
    ['did not make what was there when it began', 121, ['CORP\\Readers']],
  ])('knows that the request %s', async (_, seconds, created) => {
    let now = 0;
    const instance = await sqlInstance({ now: () => now });
    await run(instance, [admins]);
    now = seconds * 1000;

    const output = await run(instance, [admins, readers], { now: after(2) });

    expect(output).toEqual({ logins: ['CORP\\DBAdmins', 'CORP\\Readers'], created });
  });

  it('adds the roles that a login lacks, and takes none away', async () => {
    const instance = await sqlInstance();
    await run(instance, [{ ...admins, serverRoles: ['setupadmin'] }]);

    const output = await run(instance, [
      { name: 'corp\\dbadmins', serverRoles: ['ProcessAdmin'] },
      { ...readers, serverRoles: ['setupadmin'] },
    ]);

    expect(output).toMatchObject({ created: ['corp\\dbadmins', 'CORP\\Readers'] });
    expect(instance.server.logins).toEqual([
      { name: 'CORP\\DBAdmins', serverRoles: ['setupadmin', 'processadmin'] },
      { name: 'CORP\\Readers', serverRoles: ['setupadmin'] },
    ]);
  });

  it.each([
    "CORP\\O'Brien",
    'CORP\\a]b',
    "CORP\\'; DROP LOGIN [sa]; --",
    'CORP\\Domain Users',
    'CORP\\Jörg Жанна 🦉',
  ])('makes %s a login under that very name', async (name) => {
    const instance = await sqlInstance();
    const login = { name, serverRoles: ['setupadmin'] };

    await run(instance, [login]);
    await run(instance, [login]);

    expect(instance.server.logins).toEqual([login]);
  });

  it('goes on where it was interrupted between a login and its roles', async () => {
    const instance = await sqlInstance({
      lookUp() {
        for (const socket of instance.sockets) socket.destroy();
        return 'found';
      },
    });

    const failure = await failureOf(run(instance, [admins]));
    const between = instance.server.logins;
    const output = await run(instance, [admins]);

    expect(failure).toMatchObject({ name: 'NotReady', message: expect.stringContaining('CORP\\DBAdmins') });
    expect(between).toEqual([{ ...admins, serverRoles: [] }]);
    expect(output).toEqual({ logins: ['CORP\\DBAdmins'], created: ['CORP\\DBAdmins'] });
    expect(instance.server.logins).toEqual([admins]);
  });

  describe('where SQL Server does not find a name', () => {
    it.each(['unknown', 'unreachable'] as const)(
      'waits for ten minutes after the verification: %s',
      async (answer) => {
        const instance = await sqlInstance({ lookUp: (name) => (name === readers.name ? 'found' : answer) });

        const failure = await failureOf(run(instance, [readers, admins], { now: after(9.99) }));

        expect(failure.name).toBe('NotReady');
        expect(failure.message).toBe(
          "SQL Server does not find CORP\\DBAdmins: error 15401, Windows NT user or group 'CORP\\DBAdmins' not found. Check the name again. The trust with corp.example.com was verified 9 minutes ago and may still be replicating; after 10 minutes this counts as a failure.",
        );
        expect(instance.server.logins).toEqual([readers]);
      },
    );

    it('fails from then on, naming the login, the trust and what to look at', async () => {
      const instance = await sqlInstance({ lookUp: () => 'unknown' });

      const failure = await failureOf(run(instance, [admins], { now: after(10) }));

      expect(failure.name).toBe('LoginFailed');
      expect(failure.message).toBe(
        "SQL Server does not find CORP\\DBAdmins: error 15401, Windows NT user or group 'CORP\\DBAdmins' not found. Check the name again. The trust with corp.example.com was verified 10 minutes ago. Look whether a user or group of that name exists in CORP, whether the trust still verifies and, where it authenticates selectively, whether the instance's computer object is allowed to authenticate; then redrive the execution.",
      );
    });

    it('succeeds once the name has arrived', async () => {
      let known = false;
      const instance = await sqlInstance({ lookUp: () => (known ? 'found' : 'unknown') });
      await failureOf(run(instance, [admins]));

      known = true;
      await run(instance, [admins]);

      expect(instance.server.logins).toEqual([admins]);
    });
  });

  it('fails where SQL Server refuses a role', async () => {
    const instance = await sqlInstance();

    const failure = await failureOf(run(instance, [{ ...admins, serverRoles: ['sysadmin'] }]));

    expect(failure.name).toBe('LoginFailed');
    expect(failure.message).toBe(
      "SQL Server refused the login CORP\\DBAdmins: error 15151, Cannot alter the server role 'sysadmin', because it does not exist or you do not have permission. Mend what that names, or start a new execution with another name or other server roles.",
    );
  });

  it('waits for a database that refuses connections', async () => {
    const instance = await sqlInstance();
    await instance.server.close();

    const failure = await failureOf(run(instance, [admins]));

    expect(failure.name).toBe('NotReady');
    expect(failure.message).toContain(`The database orders at ${endpoint}:1433 cannot be reached:`);
    expect(failure.message).toContain('ECONNREFUSED');
    expect(failure.message).toContain('security group');
  });

  it.each([
    ['of another authority', {}, new CertificateAuthority().certificatePem],
    ['of another name', { hostName: 'billing.example.com' }, undefined],
  ])(
    'fails where the server shows a certificate %s, and keeps the password to itself',
    async (_, difference, trusted) => {
      const masterPassword = vi.fn(() => masterUser.password);
      const instance = await sqlInstance({ ...difference, masterPassword });

      const failure = await failureOf(
        run({ ...instance, authorities: trusted ?? instance.authorities }, [admins]),
      );

      expect(failure.name).toBe('LoginFailed');
      expect(failure.message).toContain(`No safe connection to the database orders at ${endpoint}:1433:`);
      expect(failure.message).toContain('DATABASE_CA_FILE');
      expect(masterPassword).not.toHaveBeenCalled();
    },
  );

  it('fails where the password is not the present one, and names the secret', async () => {
    const instance = await sqlInstance();
    const outdated = JSON.stringify({ ...masterUser, password: 'S3cret-of-yesterday' });

    const failure = await failureOf(run(instance, [admins], { secret: () => outdated }));

    expect(failure.name).toBe('LoginFailed');
    expect(failure.message).toBe(
      `The database orders at ${endpoint}:1433 refused its master user: Login failed for user 'admin'. Look whether the secret ${secretArn} holds its present password, then redrive the execution.`,
    );
  });

  it.each([
    ['no JSON', 'S3cret-of-the-master'],
    ['a JSON text', '"S3cret-of-the-master"'],
    ['no password', '{"username":"admin","secret":"S3cret-of-the-master"}'],
    ['nothing', undefined],
  ])('fails where the secret holds %s, and quotes nothing of it', async (_, content) => {
    const failure = await failureOf(run(await sqlInstance(), [admins], { secret: () => content }));

    expect(failure.name).toBe('LoginFailed');
    expect(failure.message).toContain(`The master user's secret ${secretArn} is no JSON object`);
    expect(JSON.stringify([failure.message, failure.stack, failure.cause])).not.toContain('S3cret');
  });

  it.each([
    [
      'ResourceNotFoundException',
      'LoginFailed',
      `The master user's secret ${secretArn} cannot be read: No luck.`,
    ],
    [
      'InvalidRequestException',
      'LoginFailed',
      `The master user's secret ${secretArn} cannot be read: No luck.`,
    ],
    ['DecryptionFailure', 'LoginFailed', `The master user's secret ${secretArn} cannot be read: No luck.`],
    ['AccessDeniedException', 'Forbidden', 'No luck.'],
    ['ThrottlingException', 'Throttled', 'No luck.'],
  ])('names what becomes of %s', async (code, name, message) => {
    const secret = () => {
      throw new ServiceError(code, 'No luck.');
    };

    const failure = await failureOf(run(await sqlInstance(), [admins], { secret }));

    expect(failure).toMatchObject({ name, message: expect.stringContaining(message) });
  });

  it.each([
    ['it is done', () => 'found' as const],
    ['it waits', () => 'unknown' as const],
  ])('leaves no connection open when %s', async (_, lookUp) => {
    const instance = await sqlInstance({ lookUp });

    await run(instance, [admins]).catch(() => undefined);

    expect(instance.sockets.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});
