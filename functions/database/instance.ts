import { type DBInstance, DescribeDBInstancesCommand, type RDSClient } from '@aws-sdk/client-rds';
import { isAwsError } from '../support/aws-errors.ts';
import { DatabaseFailed, NotReady } from '../support/errors.ts';
import type { Instance } from './instance-schema.ts';
import { membershipOf } from './membership.ts';
import { ready } from './status.ts';

/** The instance as RDS describes it, or undefined where there is none of that identifier. */
export const findInstance = async (rds: RDSClient, identifier: string): Promise<DBInstance | undefined> => {
  try {
    const { DBInstances } = await rds.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }),
    );
    return DBInstances?.[0];
  } catch (error) {
    if (isAwsError(error, 'DBInstanceNotFoundFault')) return undefined;
    throw error;
  }
};

/** The instance as RDS describes it; fails where it is gone. */
export const knownInstance = async (rds: RDSClient, identifier: string): Promise<DBInstance> => {
  const instance = await findInstance(rds, identifier);
  if (instance === undefined)
    throw new DatabaseFailed(
      `There is no database instance ${identifier} in this account and Region. Correct the identifier, or start a new execution to have it made.`,
    );
  return instance;
};

/** What the steps need of an instance; throws NotReady while RDS is still working on it. */
export const readyInstance = (
  identifier: string,
  instance: DBInstance,
  masterUserSecretArn: string | null,
): Instance => {
  ready(identifier, instance);
  const { DBInstanceArn, Endpoint, Engine, MasterUserSecret } = instance;
  if (Endpoint?.Address === undefined || Endpoint.Port === undefined)
    throw new NotReady(`RDS does not say yet at which address the instance ${identifier} answers.`);
  if (MasterUserSecret?.SecretStatus === 'creating')
    throw new NotReady(`RDS is still making the secret of the master user of ${identifier}.`);
  return {
    identifier,
    arn: DBInstanceArn ?? '',
    endpoint: Endpoint.Address,
    port: Endpoint.Port,
    engine: Engine ?? '',
    masterUserSecretArn: masterUserSecretArn ?? MasterUserSecret?.SecretArn ?? null,
    membership: membershipOf(instance),
  };
};
