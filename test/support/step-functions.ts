import type { StatusChange } from '../../simulator/services/step-functions/views.ts';
import { stepFunctions } from '../../simulator/services/step-functions.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { Random } from '../../simulator/world/random.ts';
import { definition, type Functions, start } from './state-machines.ts';

export const roleArn = 'arn:aws:iam::123456789012:role/machine';
export const call = { service: 'states', accessKeyId: 'anybody', operation: '' };
export const arn = (name: string): string => `arn:aws:states:eu-west-1:123456789012:${name}`;
export const succeeding = definition({ A: { Type: 'Succeed' } });
export const waiting = definition({ A: { Type: 'Wait', Seconds: 60, End: true } });

export const given = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('This operation is not answered.');
  return value;
};

/** Step Functions with one state machine, called `machine`. */
export const service = async (text: string, functions: Functions = {}) => {
  const clock = new VirtualClock(start);
  const setting = { clock, random: new Random(1), accountId: '123456789012', region: 'eu-west-1' };
  const changes: StatusChange[] = [];
  const invoke = async (name: string, payload: unknown): Promise<unknown> => functions[name]?.(payload);
  const { operations, executions } = stepFunctions(setting, invoke, (change) => changes.push(change));
  const create = given(operations.CreateStateMachine);
  await create({ name: 'machine', definition: text, roleArn }, call);
  const begin = async (name: string, input = '{}'): Promise<string> => {
    const asked = { stateMachineArn: arn('stateMachine:machine'), name, input };
    const { executionArn } = await given(operations.StartExecution)(asked, call);
    return executionArn ?? '';
  };
  const describeExecution = async (executionArn: string) =>
    given(operations.DescribeExecution)({ executionArn }, call);
  return { clock, operations, executions, changes, create, begin, describeExecution };
};

/** The code and the message of the error that this work is refused with. */
export const refusal = async (work: () => unknown): Promise<readonly [string, string]> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof ServiceError) return [error.code, error.message];
    throw error;
  }
  throw new Error('It was not refused.');
};
