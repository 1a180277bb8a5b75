import type { Json, JsonObject } from '../data/json.ts';
import type { StateOf } from '../definition/schema.ts';
import { inTime, type Times } from './deadline.ts';
import { Failure } from './failure.ts';
import { invokeLambda } from './lambda.ts';
import { withinDataLimit } from './limits.ts';
import type { Callback } from './tokens.ts';
import type { Outcome, Visit } from './visit.ts';
import { withHandlers } from './with-handlers.ts';

type Task = StateOf<'Task'>;

/** What one attempt of a task does, known before it is scheduled. */
interface Order {
  readonly kind: { readonly resourceType: string; readonly resource: string };
  readonly functionName: string;
  readonly payload: Json;
  readonly times: Times;
  readonly callback: Callback | undefined;
}

const order = async (state: Task, visit: Visit, callback: Callback | undefined): Promise<Order> => {
  const { FunctionName: template, Payload: payload = {} } = state.Arguments;
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  const context: JsonObject = callback === undefined ? {} : { Task: { Token: callback.token } };
  const functionName = await visit.evaluate(template, 'Arguments/FunctionName', {}, context);
  if (typeof functionName !== 'string')
    throw visit.unexpected(template, 'Arguments/FunctionName', 'string', functionName);
  return {
    kind: { resourceType: 'lambda', resource: state.Resource.replace(/^.*:/, '') },
    functionName,
    payload: withinDataLimit(await visit.evaluate(payload, 'Arguments/Payload', {}, context), visit.name),
    times: {
      timeout: timeout === undefined ? undefined : await visit.number(timeout, 'TimeoutSeconds'),
      heartbeat: heartbeat === undefined ? undefined : await visit.number(heartbeat, 'HeartbeatSeconds'),
    },
    callback,
  };
};

const schedule = ({ kind, functionName, payload, times }: Order, { line: { chain, run } }: Visit): void => {
  chain.add('TaskScheduled', {
    taskScheduledEventDetails: {
      ...kind,
      region: run.region,
      parameters: JSON.stringify({ FunctionName: functionName, Payload: payload }),
      ...(times.timeout === undefined ? {} : { timeoutInSeconds: times.timeout }),
      ...(times.heartbeat === undefined ? {} : { heartbeatInSeconds: times.heartbeat }),
    },
  });
  chain.add('TaskStarted', { taskStartedEventDetails: kind });
};

const carryOut = ({ kind, functionName, payload, times, callback }: Order, visit: Visit): Promise<Json> => {
  const { run, chain } = visit.line;
  const started = run.host.clock.now();
  const work = async (over: AbortSignal): Promise<Json> => {
    const response = await invokeLambda(run, functionName, payload);
    if (callback === undefined) return response;
    over.throwIfAborted();
    const details = { output: JSON.stringify(response), outputDetails: { truncated: false } };
    chain.add('TaskSubmitted', { taskSubmittedEventDetails: { ...kind, ...details } });
    return callback.answer;
  };
  return inTime(work, times, callback?.lastHeard ?? (() => started), run.host.clock, chain.signal);
};

const tellFailure = ({ kind }: Order, { error, reason }: Failure, { line: { chain } }: Visit): void => {
  const details = { ...kind, error, ...(reason === undefined ? {} : { cause: reason }) };
  if (error === 'States.Timeout') chain.add('TaskTimedOut', { taskTimedOutEventDetails: details });
  else chain.add('TaskFailed', { taskFailedEventDetails: details });
};

const resultOf = async (given: Order, visit: Visit): Promise<Json> => {
  schedule(given, visit);
  try {
    const result = withinDataLimit(await carryOut(given, visit), given.kind.resourceType);
    const details = { output: JSON.stringify(result), outputDetails: { truncated: false } };
    visit.line.chain.add('TaskSucceeded', { taskSucceededEventDetails: { ...given.kind, ...details } });
    return result;
  } catch (error) {
    if (error instanceof Failure) tellFailure(given, error, visit);
    throw error;
  }
};

/** Calls a function and, where the task has a token, waits until somebody answers with it. */
export const runTask = (state: Task, visit: Visit): Promise<Outcome> =>
  withHandlers(state, visit, async () => {
    const waits = state.Resource.endsWith('.waitForTaskToken');
    const callback = waits ? visit.line.run.tokens.issue() : undefined;
    try {
      const result = await resultOf(await order(state, visit, callback), visit);
      return await visit.leave(state, { path: '', otherwise: result, next: state.Next }, { result });
    } finally {
      callback?.forget();
    }
  });
