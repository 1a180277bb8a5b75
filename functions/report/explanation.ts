import type { Entry } from '../support/ledger.ts';
import { anew } from './anew.ts';
import { explanationOf } from './causes.ts';
import type { Execution } from './execution.ts';
import type { FailedState } from './history.ts';
import { madeInWords } from './made.ts';
import { duration, legible, listed, moment, oneLine, sentence, shortened } from './words.ts';

const mostCharacters = 1500;
/** A list of problems is told whole: its reader has to mend each of them. */
const mostOfList = 20_000;

/** What an execution is called: by its request where it has one. */
export const subjectOf = ({ requestId, name }: Execution): string =>
  requestId === null ? `The execution ${oneLine(name)}` : `The request ${requestId}`;

const when = ({ stoppedAt }: Execution): string => `on ${moment(stoppedAt)}`;

const existing = (entries: readonly Entry[]): string => {
  const made = madeInWords(entries);
  return made === '' ? 'Nothing was made.' : `What exists now: ${sentence(shortened(made, 400))}`;
};

const another = ({ requestId }: Execution): string =>
  anew(requestId, 'start a new execution of the same request', 'takes up what exists');

const redriving = (execution: Execution): string =>
  execution.isRedrivable
    ? `continue where it stopped: aws stepfunctions redrive-execution --execution-arn ${execution.arn}`
    : `${another(execution)}; this one cannot be redriven any more.`;

/** The paragraph with as much of the reason in its middle as there is room for. */
const paragraph = (
  before: string,
  reason: string,
  after: readonly string[],
  most = mostCharacters,
): string => {
  const rest = after.join(' ');
  const room = most - before.length - rest.length - 2;
  if (reason === '') return `${before} ${rest}`;
  // A list keeps its lines, and what comes after it is none of its points.
  return `${before} ${sentence(shortened(reason, room - 1))}${reason.includes('\n') ? '\n' : ' '}${rest}`;
};

/** Whether the step itself says that only a new execution helps: it looks at what a redrive would not look at again. */
const takesNewExecution = (reason: string): boolean =>
  /\bnew execution\b/.test(reason) && !/\bredriv/.test(reason);

const goingOn = (execution: Execution): string =>
  takesNewExecution(execution.reason) ? `${another(execution)}.` : redriving(execution);

const isList = (error: string): boolean => error === 'InvalidRequest' || error === 'PreflightFailed';

/** Why an execution failed, what that usually comes from, what exists now and what to do next. */
export const failed = (
  execution: Execution,
  state: FailedState | undefined,
  entries: readonly Entry[],
): string => {
  const { reason } = execution;
  const error = execution.error ?? 'an error without a name';
  const { usually, nextMove, redrive } = explanationOf(error, state?.name);
  const at = state === undefined ? '' : ` at "${state.name}"`;
  const tried =
    state === undefined || state.tries < 2
      ? ''
      : ` It tried ${state.tries} times in ${duration(state.milliseconds)}${reason === '' ? '.' : '; the last answer was:'}`;
  return paragraph(
    `${subjectOf(execution)} failed${at} ${when(execution)} with ${shortened(oneLine(error), 60)}.${tried}`,
    isList(error) ? legible(reason) : oneLine(reason),
    [
      // The step's own message often says more exactly what it usually comes from.
      ...(/\bUsually\b/.test(reason) ? [] : [usually]),
      existing(entries),
      redrive ? `Next: ${nextMove}, then ${goingOn(execution)}` : `Next: ${nextMove}.`,
    ],
    isList(error) ? mostOfList : mostCharacters,
  );
};

/** When an execution was ended from outside, in the middle of what, what exists now and how it can go on. */
export const ended = (
  execution: Execution,
  underWay: readonly string[],
  entries: readonly Entry[],
): string => {
  const { status, reason } = execution;
  const during = underWay.length === 0 ? '' : ` during ${listed(underWay.map((name) => `"${name}"`))}`;
  const [how, why] =
    status === 'ABORTED'
      ? ['was stopped', "Who stopped it is in CloudTrail's StopExecution event."]
      : ['took longer than its state machine allows and was ended', 'Usually a step waits for somebody.'];
  return paragraph(
    `${subjectOf(execution)} ${how} ${when(execution)}${during}.`,
    oneLine([execution.error ?? '', reason].filter((part) => part !== '').join(': ')),
    [why, existing(entries), `Next: when it may go on, ${redriving(execution)}`],
  );
};
