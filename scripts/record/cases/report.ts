import type { JsonObject } from '../../../simulator/states/data/json.ts';
import { applyBreak } from '../../../simulator/world/breaks.ts';
import type { SubjectCases } from '../case.ts';
import { losing } from '../mishaps.ts';
import { objectIn } from '../object-in.ts';
import type { Stage } from '../stage.ts';
import { concludeForCatalog } from './catalog.ts';
import { called, changed, claimedByAnother, having, idleExecution, minutes, steps } from './preparations.ts';

const publishResult = {
  at: 'Publish result',
  cases: {
    'from-nothing': {},
    'published-already': { before: called },
    'selective-authentication': { event: having({ 'request.trust.selectiveAuthentication': true }) },
    'membership-owed': {
      request: 'existing-instance',
      event: having({ membership: { membership: 'owed', rebootOwed: true }, logins: [] }),
    },
    'answer-lost': { during: losing('PutItem') },
    'after-a-lost-answer': { before: (stage: Stage) => stage.call(stage.here, losing('PutItem')) },
  },
};

/** Runs the whole workflow to its end. */
const run = async ({ account: { account }, written, executionArn }: Stage): Promise<void> => {
  const { executions } = account;
  const [workflow] = executions.machines;
  if (workflow === undefined) throw new RangeError('The account has no workflow.');
  executions.start(workflow, nameOf(executionArn), written);
  await account.concluded(executionArn);
};

/** It fails before it has made anything. */
const failed = async (stage: Stage): Promise<void> => {
  applyBreak(stage.world, 'role');
  await run(stage);
  // The other branch goes on for a while.
  await stage.minutes(5);
};

const nameOf = (executionArn: string): string => executionArn.split(':').at(-1) ?? '';

/** It has claimed the request and does nothing more. */
const begun = async (stage: Stage): Promise<void> => {
  await stage.upTo('Claim request');
  await stage.call('Claim request');
  idleExecution(stage, nameOf(stage.executionArn));
};

const ended = ({ account: { account }, executionArn }: Stage): Promise<void> =>
  account.concluded(executionArn);
const stop = ({ account: { account }, executionArn }: Stage): void =>
  account.executions.find(executionArn)?.stop('Forestbridge.Withdrawn', 'The request was withdrawn.');
const stopped = steps(begun, minutes(5), stop, ended);

/** What EventBridge told last. */
const told = ({ account }: Stage): JsonObject => objectIn(account.statusChanges.at(-1));
const concluded = (stage: Stage): Promise<unknown> => stage.account.invoke('conclude', told(stage));

const concludedInVain = async (stage: Stage): Promise<void> => {
  await stage.account.invoke('conclude', told(stage), losing('Publish')(stage)).catch(() => undefined);
};

const conclude = {
  at: null,
  cases: {
    succeeded: { before: run, event: told },
    failed: { before: failed, event: told },
    stopped: { before: stopped, event: told },
    'took-too-long': { before: steps(begun, ended), event: told },
    'told-already': { before: steps(stopped, concluded), event: told },
    'another-is-at-work': { before: steps(claimedByAnother, run), event: told },
    'begins-only': {
      before: stopped,
      event: (stage: Stage) => changed(told(stage), { 'detail.status': 'RUNNING', 'detail.stopDate': null }),
    },
    'not-shown-yet': {
      before: stopped,
      event: (stage: Stage) =>
        changed(told(stage), { 'detail.executionArn': idleExecution(stage, 'orders-20260105T090000').arn }),
    },
    'answer-lost': { before: stopped, event: told, during: losing('Publish') },
    'after-a-lost-answer': {
      before: steps(stopped, concludedInVain),
      event: told,
    },
    ...concludeForCatalog,
  },
};

const asked = ({ executionArn }: Stage): JsonObject => ({ executionArn });

const explainExecution = {
  at: null,
  cases: {
    succeeded: { before: run, event: asked },
    failed: { before: failed, event: asked },
    stopped: { before: stopped, event: asked },
    'still-running': { before: begun, event: asked },
    unknown: { event: asked },
  },
};

export const report: SubjectCases = {
  'publish-result': publishResult,
  conclude,
  'explain-execution': explainExecution,
};
