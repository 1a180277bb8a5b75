import { AnswerCutOff } from '../../simulator/wire/answer-cut-off.ts';
import { ConnectionLost } from '../../simulator/wire/connection-lost.ts';
import type { EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';

type Around = NonNullable<EndpointOptions['around']>;

const answerLost: Around = async (_call, answer) => {
  await answer();
  throw new ConnectionLost();
};

const answerCutOff: Around = async (_call, answer) => {
  await answer();
  throw new AnswerCutOff();
};

const callLost: Around = () => Promise.reject(new ConnectionLost());

const throttled: Around = () => Promise.reject(new ServiceError('Throttling', 'Rate exceeded'));

const carriedOutTwice: Around = async (_call, answer) => {
  await answer();
  return answer();
};

/** What may happen to a call on its way. */
export const mishaps = { answerLost, callLost, throttled, carriedOutTwice };

/** With one more, which a function takes for a lost answer: whole runs show that, single functions need not. */
export const allMishaps = { ...mishaps, answerCutOff };

const reads = /:(Describe|Get|List|Query)/;

/** Whether the same was read before and nothing has changed since, as polls do. */
const isRepeated = (calls: readonly string[], position: number): boolean => {
  const lastChange = calls.findLastIndex((call, index) => index < position && !reads.test(call));
  return calls.slice(lastChange + 1, position).includes(calls[position] ?? '');
};

/** Where a mishap can come to anything of its own: a call that only reads either fails or does not, every time alike. */
export const positionsOf = (calls: readonly string[], mishap: Around): readonly number[] => {
  const positions = [...calls.entries()]
    .filter(([position, call]) => !reads.test(call) || (mishap === throttled && !isRepeated(calls, position)))
    .map(([position]) => position);
  // A test that disturbs none of the calls would show nothing.
  if (positions.length === 0) throw new RangeError('There is no call to disturb.');
  return positions;
};

/** That mishap to the call at that position, counted from 0; all others get through. */
export const at = (position: number, mishap: Around): Around => {
  let calls = 0;
  return (call, answer) => {
    calls += 1;
    return calls === position + 1 ? mishap(call, answer) : answer();
  };
};
