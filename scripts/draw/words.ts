import type { State } from '../../simulator/states/definition/schema.ts';

const longestLabel = 40;
const quickLookSeconds = 60;

/** A text that stands beside an arrow; nothing where it is too long for that. */
export const brief = (text: string): string => (text.length > longestLabel ? '' : text);

/** A JSONata condition as a reader of a picture wants it. */
export const conditionInBrief = (condition: string): string =>
  brief(
    condition
      .replaceAll(/^\{%\s*|\s*%\}$/g, '')
      .replaceAll(/\$(request\.)?/g, '')
      .replaceAll(/\s+/g, ' '),
  );

/** A length of time, in minutes where it has whole ones and more than one. */
const span = (seconds: number): string =>
  seconds > 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;

/** What stands small below a state's name: how often it polls, how long it waits. */
export const noteOf = (state: State): string => {
  if (state.Type === 'Wait') return typeof state.Seconds === 'number' ? span(state.Seconds) : '';
  if (state.Type !== 'Task') return '';
  const poll = state.Retry.find(({ ErrorEquals }) => ErrorEquals.includes('NotReady'));
  // Every Task looks again for a minute, until AWS shows what was just written: that is no poll worth a note.
  if (poll === undefined || poll.IntervalSeconds * poll.MaxAttempts <= quickLookSeconds) return '';
  return `every ${span(poll.IntervalSeconds)}`;
};
