import type { Permissions } from '../../simulator/policies/guard.ts';
import type { Background } from './background/accesses.ts';
import { raiseAlarms } from './background/alarms.ts';
import { keepUndelivered } from './background/eventbridge.ts';
import { runFunctions } from './background/lambda.ts';
import { deliverLogs, encryptLogs } from './background/logs.ts';
import { schedule } from './background/scheduler.ts';
import { launchProducts } from './background/service-catalog.ts';
import { logMachines } from './background/step-functions.ts';
import type { Naming } from './resolve.ts';

/** All that AWS does with what a template has, beside what its functions and workflows are called for. */
export const backgroundOf = (naming: Naming, permissions: Permissions): readonly Background[] => [
  ...runFunctions(naming, permissions),
  ...logMachines(naming, permissions),
  ...schedule(naming, permissions),
  ...keepUndelivered(naming, permissions),
  ...raiseAlarms(naming, permissions),
  ...encryptLogs(naming),
  ...deliverLogs(naming, permissions),
  ...launchProducts(naming, permissions),
];
