import { places, statePath } from '../simulator/states/definition/places.ts';
import type { Retrier, State, StateMachine, StateOf } from '../simulator/states/definition/schema.ts';

const throttled = ['Throttled', 'Lambda.TooManyRequestsException'];
const passing = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Lambda.ClientExecutionTimeoutException',
  'States.Timeout',
];
const retried = [['NotReady'], throttled, passing];

/** The longest that one state may poll: no thing of AWS that a step waits for takes half of it. */
const longestPollSeconds = 4 * 60 * 60;

const sameNames = (names: readonly string[], wanted: readonly string[]): boolean =>
  names.join('\n') === wanted.join('\n');

const checkPoll = (poll: Retrier, path: string): readonly string[] => {
  const problems: string[] = [];
  const { BackoffRate: rate, MaxDelaySeconds: longest } = poll;
  if (rate > 1.1) problems.push(`${path}/BackoffRate: a poll's interval grows slowly; write at most 1.1`);
  if (rate > 1 && longest === undefined)
    problems.push(`${path}/MaxDelaySeconds: an interval that grows needs a longest one`);
  if (poll.MaxAttempts * (longest ?? poll.IntervalSeconds) > longestPollSeconds)
    problems.push(
      `${path}: polls for more than ${longestPollSeconds} seconds; lower MaxAttempts or IntervalSeconds`,
    );
  return problems;
};

const checkRetry = (retry: StateOf<'Task'>['Retry'], path: string): readonly string[] => {
  const [poll, throttle] = retry;
  const isInOrder =
    retry.length === retried.length &&
    retried.every((wanted, index) => sameNames(retry[index]?.ErrorEquals ?? [], wanted));
  if (!isInOrder || poll === undefined || throttle === undefined)
    return [
      `${path}: needs exactly these entries in this order: ${retried.map((names) => `[${names.join(', ')}]`).join(', ')}`,
    ];
  const jitter = throttle.JitterStrategy === 'FULL' ? [] : [`${path}/1/JitterStrategy: must be FULL`];
  return [...checkPoll(poll, `${path}/0`), ...jitter];
};

const checkPlaceholders = (name: string, path: string): readonly string[] =>
  [...name.matchAll(/\$\{([^}]*\}?)/g)]
    .filter(([, placeholder = '']) => !/^[A-Z][A-Za-z0-9]*\}$/.test(placeholder))
    .map(([text]) => `${path}: ${text} is no placeholder in PascalCase, letters and digits only`);

const checkState = (state: State, path: string): readonly string[] => {
  if (state.Type === 'Task')
    return [
      ...(state.TimeoutSeconds === undefined ? [`${path}: needs TimeoutSeconds`] : []),
      ...checkRetry(state.Retry, `${path}/Retry`),
      ...checkPlaceholders(state.Arguments.FunctionName, `${path}/Arguments/FunctionName`),
    ];
  return 'Retry' in state && state.Retry.length > 0 ? [`${path}/Retry: only a Task is tried again`] : [];
};

/** What the design asks of every workflow beyond what AWS asks. */
export const houseRules = (machine: StateMachine): readonly string[] => [
  ...(machine.TimeoutSeconds === undefined
    ? []
    : ['/TimeoutSeconds: only a Task has one, so that a redrive can go on']),
  ...places(machine).flatMap((place) =>
    Object.entries(place.block.States).flatMap(([name, state]) => checkState(state, statePath(place, name))),
  ),
];
