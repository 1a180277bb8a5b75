import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Json } from '../../simulator/states/data/json.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import { Executions } from '../../simulator/states/executions.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { Random } from '../../simulator/world/random.ts';

export type Fields = Readonly<Record<string, unknown>>;
export type Functions = Readonly<Record<string, (payload: unknown) => unknown>>;

export const start = Date.UTC(2026, 0, 1);

/** An error as a function throws it. */
export const thrown = (name: string, message = ''): Error => Object.assign(new Error(message), { name });

/** A function that fails in its own way as often as the list says, where null is an answer, and then answers. */
export const failing = (errors: readonly (string | null)[], answer: unknown = 'done'): (() => unknown) => {
  const left = [...errors];
  return () => {
    const name = left.shift() ?? null;
    if (name !== null) throw thrown(name, `${name} happened`);
    return answer;
  };
};

export const task = (functionName: string, more: Fields = {}): Fields => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: functionName, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...(more.Next === undefined ? { End: true } : {}),
  ...more,
});

export const definition = (states: Fields, more: Fields = {}): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });

/** A graph of states as a branch or an ItemProcessor has it. */
export const block = (states: Fields): Fields => ({ StartAt: Object.keys(states)[0], States: states });

/** An account with some functions and a virtual clock; calls and changes of status are written down. */
export const account = (functions: Functions = {}, seed = 1) => {
  const clock = new VirtualClock(start);
  const calls: { name: string; payload: unknown; at: number }[] = [];
  const statuses: string[] = [];
  const invoke = async (name: string, payload: unknown): Promise<unknown> => {
    calls.push({ name, payload, at: (clock.now() - start) / 1000 });
    const implementation = functions[name];
    if (implementation === undefined)
      throw thrown('Lambda.ResourceNotFoundException', `Function not found: ${name}`);
    return implementation(payload);
  };
  const executions = new Executions(
    { clock, random: new Random(seed), invoke },
    { region: 'eu-west-1', accountId: '123456789012' },
    ({ standing }) => statuses.push(standing.status),
  );
  const begin = (text: string, input: Json = {}): Execution =>
    executions.start(
      executions.register('machine', text, 'arn:aws:iam::123456789012:role/machine'),
      'one',
      input,
    );
  return { clock, calls, statuses, executions, begin };
};

/** Runs states to their end. */
export const run = async (states: Fields, input: Json = {}, functions: Functions = {}, seed = 1) => {
  const place = account(functions, seed);
  const execution = place.begin(definition(states), input);
  await execution.ended;
  return { ...place, execution, seconds: (place.clock.now() - start) / 1000 };
};

/** Events as `previous -> id type`, to be read at a glance. */
export const told = (events: readonly HistoryEvent[]): readonly string[] =>
  events.map(({ id, previousEventId, type }) => `${previousEventId} -> ${id} ${type}`);

export const typesOf = (execution: Execution): readonly (string | undefined)[] =>
  execution.history.events.map(({ type }) => type);
