import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as secretsPackage from '@aws-sdk/client-secrets-manager';
import { onTestFinished } from 'vitest';
import { createWindowsLogins } from '../../functions/database/create-windows-logins.ts';
import { Endpoint } from '../../simulator/wire/endpoint.ts';
import { service } from '../../simulator/wire/service.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { lambdaContext } from './lambda-context.ts';
import { endpoint, masterUser, sqlInstance } from './sql-instance.ts';

export const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-orders-AbCdEf';
const verifiedAt = '2025-01-01T00:00:00.000Z';
export const after = (minutes: number): Date => new Date(Date.parse(verifiedAt) + minutes * 60_000);

const input = {
  instance: { identifier: 'orders', endpoint, port: 1433, masterUserSecretArn: secretArn },
  onPremises: { domainName: 'corp.example.com', shortName: 'CORP' },
  verifiedAt,
};
export const admins = { name: 'CORP\\DBAdmins', serverRoles: ['processadmin', 'setupadmin'] };
export const readers = { name: 'CORP\\Readers', serverRoles: [] };

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
export const run = async (
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
  return handler(
    { ...input, logins: logins.map((login) => ({ since: verifiedAt, ...login })) },
    lambdaContext,
  );
};

export const failureOf = async (running: Promise<unknown>): Promise<Error> => {
  const failure: unknown = await running.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof Error)) throw new TypeError('Nothing failed.');
  return failure;
};
