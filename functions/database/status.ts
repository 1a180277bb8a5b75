import type { DBInstance } from '@aws-sdk/client-rds';
import { isAwsError } from '../support/aws-errors.ts';
import { DatabaseFailed, NotReady } from '../support/errors.ts';

const fromBackup = 'Restore it from a backup, or delete it to have a new one made.';

/** Statuses that do not pass by themselves, and what to do about each. */
const nextMoves: Readonly<Record<string, string>> = {
  failed: 'Read its events in RDS, then delete it to have a new one made.',
  'incompatible-network':
    'Its subnets, their free addresses or its security groups do not fit any more: mend them, or delete the instance.',
  'incompatible-option-group': 'Give it an option group that fits its engine version.',
  'incompatible-parameters': 'Correct its parameter group, then reboot it.',
  'incompatible-restore': fromBackup,
  'restore-error': fromBackup,
  'inaccessible-encryption-credentials':
    'RDS may no longer use its KMS key: enable the key and its grants, then restore the instance from a backup.',
  'inaccessible-encryption-credentials-recoverable':
    'RDS may no longer use its KMS key: enable the key and its grants, then start the instance.',
  'insufficient-capacity':
    'AWS has no room for its class there: delete it and choose another class or other subnets.',
  'storage-full': 'Give it more storage.',
  stopped: 'Start it.',
  deleting: 'Somebody is deleting it: wait until it is gone to have a new one made.',
  deleted: 'It has just been deleted: wait until it is gone to have a new one made.',
};

/** RDS optimises storage in the background: the instance can be used and changed meanwhile. */
const usable = new Set(['available', 'storage-optimization']);

const isUsable = ({ DBInstanceStatus: status = '' }: DBInstance): boolean => usable.has(status);

const nextMoveOf = ({ DBInstanceStatus: status = '' }: DBInstance): string | undefined =>
  Object.hasOwn(nextMoves, status) ? nextMoves[status] : undefined;

/** Whether RDS is at work on the instance: until it is done, little about it needs to be known. */
export const isBusy = (instance: DBInstance): boolean =>
  !isUsable(instance) && nextMoveOf(instance) === undefined;

export const busy = (identifier: string, { DBInstanceStatus: status = 'without a status' }: DBInstance) =>
  new NotReady(`The database instance ${identifier} is ${status}, not yet available.`);

/** Throws DatabaseFailed at once where the status is a bad one, and NotReady while RDS is busy with the instance. */
export const ready = (identifier: string, instance: DBInstance): void => {
  if (isBusy(instance)) throw busy(identifier, instance);
  const nextMove = nextMoveOf(instance);
  if (nextMove !== undefined)
    throw new DatabaseFailed(
      `The database instance ${identifier} is ${instance.DBInstanceStatus}. ${nextMove} Then redrive the execution.`,
    );
};

/** For a change that RDS refuses while it is busy with another. */
export const throwBusy =
  (identifier: string) =>
  (error: unknown): never => {
    if (!isAwsError(error, 'InvalidDBInstanceStateFault')) throw error;
    throw new NotReady(`RDS is busy with the database instance ${identifier}: ${error.message}`);
  };
