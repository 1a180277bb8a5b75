import type { Instance } from '../../../simulator/world/databases.ts';
import { refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { minutes, steps } from './preparations.ts';

export const instanceOf = ({ world }: Stage): Instance => {
  const [instance] = world.databases.all;
  if (instance === undefined) throw new RangeError('The world has no database instance yet.');
  return instance;
};

export const is = (status: Instance['status']) => (stage: Stage) => {
  instanceOf(stage).status = status;
};

export const joinsAnother = (stage: Stage): void => {
  instanceOf(stage).membership = {
    directoryId: 'd-0fedcba987',
    domainName: 'other.example.com',
    roleName: 'theirs',
    status: 'joined',
    inEffect: true,
  };
};

export const existing = 'existing-instance';
const isGone = (stage: Stage) => stage.world.databases.delete(instanceOf(stage));
export const gone = steps(isGone, minutes(10));
export const busy = (operation: string) =>
  refusing(operation, 'InvalidDBInstanceState', 'Database instance is not in available state.');
