import type * as sdk from '@aws-sdk/client-sfn';
import type { Execution } from '../states/execution.ts';
import { Executions } from '../states/executions.ts';
import type { RegisteredMachine } from '../states/records.ts';
import type { Answered } from '../states/run/tokens.ts';
import type { Host } from '../states/run/visit.ts';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Setting } from '../world/setting.ts';
import { required } from './required.ts';
import { checkArn, checkName, checkOneOf, jsonIn, refusingInvalid } from './step-functions/checks.ts';
import { page } from './step-functions/pages.ts';
import { described, listed, type StatusChange, statusChange, withoutData } from './step-functions/views.ts';

const statuses = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'];

const taken = (answered: Answered): Record<string, never> => {
  if (answered === 'unknown') throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
  if (answered === 'gone')
    throw new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  return {};
};

const invalidInput = (reason: string): ServiceError =>
  new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
const invalidOutput = (reason: string): ServiceError =>
  new ServiceError('InvalidOutput', `Invalid Output: '${reason}'`);

const operationsOn = (executions: Executions, setting: Setting): Operations<typeof sdk> => {
  const machineOf = (arn: string | undefined): RegisteredMachine => {
    const given = required(arn, 'stateMachineArn');
    checkArn(given);
    const machine = executions.machine(given);
    if (machine === undefined)
      throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${given}'`);
    return machine;
  };
  const executionOf = (arn: string | undefined): Execution => {
    const given = required(arn, 'executionArn');
    checkArn(given);
    const execution = executions.find(given);
    if (execution === undefined)
      throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${given}'`);
    return execution;
  };

  return {
    CreateStateMachine({ name: given, definition: text, roleArn, type = 'STANDARD' }) {
      const name = required(given, 'name');
      const definition = required(text, 'definition');
      checkName(name);
      if (type !== 'STANDARD')
        throw new ServiceError(
          'StateMachineTypeNotSupported',
          'Only state machines of type STANDARD are run here.',
        );
      const arn = executions.machineArn(name);
      const existing = executions.machine(arn);
      if (existing !== undefined && existing.definition !== definition)
        throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      const machine =
        existing ??
        refusingInvalid(() => executions.register(name, definition, required(roleArn, 'roleArn')));
      return { stateMachineArn: arn, creationDate: new Date(machine.createdAt) };
    },

    DescribeStateMachine({ stateMachineArn }) {
      const { arn, name, definition, roleArn, createdAt } = machineOf(stateMachineArn);
      return {
        stateMachineArn: arn,
        name,
        status: 'ACTIVE',
        definition,
        roleArn,
        type: 'STANDARD',
        creationDate: new Date(createdAt),
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: { enabled: false },
      };
    },

    ListStateMachines(asked) {
      const { items, next } = page(executions.machines, ({ arn }) => arn, asked);
      const stateMachines = items.map(({ arn, name, createdAt }) => ({
        stateMachineArn: arn,
        name,
        type: 'STANDARD' as const,
        creationDate: new Date(createdAt),
      }));
      return { stateMachines, ...next };
    },

    StartExecution({ stateMachineArn, name: given, input: text = '{}' }) {
      const machine = machineOf(stateMachineArn);
      const name = given ?? setting.random.hex(32);
      checkName(name);
      const input = jsonIn(text, 'input', invalidInput);
      const arn = executions.executionArn(machine, name);
      const existing = executions.find(arn);
      const isSame =
        existing?.standing.status === 'RUNNING' && JSON.stringify(existing.input) === JSON.stringify(input);
      if (existing !== undefined && !isSame)
        throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      const { startedAt } = existing ?? executions.start(machine, name, input);
      return { executionArn: arn, startDate: new Date(startedAt) };
    },

    DescribeExecution({ executionArn }) {
      return described(executionOf(executionArn));
    },

    ListExecutions({ stateMachineArn, statusFilter, redriveFilter, ...asked }) {
      const machine = machineOf(stateMachineArn);
      checkOneOf(statusFilter, 'statusFilter', statuses);
      checkOneOf(redriveFilter, 'redriveFilter', ['REDRIVEN', 'NOT_REDRIVEN']);
      const wanted = executions.all
        .filter(({ of }) => of.arn === machine.arn)
        .filter(({ standing }) => statusFilter === undefined || standing.status === statusFilter)
        .filter(
          ({ redriveCount }) =>
            redriveFilter === undefined || (redriveFilter === 'REDRIVEN') === redriveCount > 0,
        );
      const { items, next } = page(wanted, ({ arn }) => arn, asked);
      return { executions: items.map(listed), ...next };
    },

    GetExecutionHistory({ executionArn, reverseOrder = false, includeExecutionData = true, ...asked }) {
      const { events: kept } = executionOf(executionArn).history;
      const { items, next } = page(reverseOrder ? kept.toReversed() : kept, ({ id }) => String(id), asked);
      return { events: includeExecutionData ? items : items.map(withoutData), ...next };
    },

    StopExecution({ executionArn, error, cause }) {
      const execution = executionOf(executionArn);
      execution.stop(error, cause);
      return { stopDate: new Date(execution.standing.stoppedAt ?? setting.clock.now()) };
    },

    RedriveExecution({ executionArn }) {
      const execution = executionOf(executionArn);
      const reason = execution.notRedrivable;
      if (reason !== undefined)
        throw new ServiceError('ExecutionNotRedrivable', `Execution Not Redrivable: '${reason}'`);
      execution.redrive();
      return { redriveDate: new Date(setting.clock.now()) };
    },

    SendTaskSuccess({ taskToken, output }) {
      const value = jsonIn(required(output, 'output'), 'output', invalidOutput);
      return taken(executions.tokens.succeed(required(taskToken, 'taskToken'), value));
    },

    SendTaskFailure({ taskToken, error = '', cause = '' }) {
      return taken(executions.tokens.fail(required(taskToken, 'taskToken'), error, cause));
    },

    SendTaskHeartbeat({ taskToken }) {
      return taken(executions.tokens.heartbeat(required(taskToken, 'taskToken')));
    },
  };
};

/** Step Functions in a world: its API, and its executions for who waits for one in the same process. */
export const stepFunctions = (
  setting: Setting,
  invoke: Host['invoke'],
  onStatusChange: (detail: StatusChange) => void,
): { readonly operations: Operations<typeof sdk>; readonly executions: Executions } => {
  const { clock, random } = setting;
  const executions = new Executions({ clock, random, invoke }, setting, (execution) =>
    onStatusChange(statusChange(execution)),
  );
  return { operations: operationsOn(executions, setting), executions };
};
