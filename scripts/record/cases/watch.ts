import type { JsonObject } from '../../../simulator/states/data/json.ts';
import type { SubjectCases } from '../case.ts';
import { losing, refusing } from '../mishaps.ts';
import { objectIn } from '../object-in.ts';
import type { Stage } from '../stage.ts';
import { idleExecution, steps } from './preparations.ts';
import { isGone, set } from './trusts.ts';

/** Runs the whole workflow to its end. */
const runAs = async (executionName: string, { account: { account }, written }: Stage): Promise<void> => {
  const { executions } = account;
  const [workflow] = executions.machines;
  if (workflow === undefined) throw new RangeError('The account has no workflow.');
  const { arn } = executions.start(workflow, executionName, written);
  await account.concluded(arn);
};

const nameOf = ({ executionArn }: Stage): string => executionArn.split(':').at(-1) ?? '';

/** There is a trust, and the ledger knows it. */
const provisioned = (stage: Stage): Promise<void> => runAs(nameOf(stage), stage);

/** Another execution has claimed the request and is at work. */
const atWork = async (stage: Stage): Promise<void> => {
  const { arn: execution } = idleExecution(stage, 'orders-20260106T080000');
  const { requestId } = stage.request;
  await stage.account.invoke('claim-request', { owner: { requestId, execution }, request: stage.request });
};

const nothing = (): JsonObject => ({});

const listTrusts = {
  at: null,
  cases: {
    'one-trust': { before: provisioned, event: nothing },
    'an-incoming-one': { request: 'incoming-without-database', before: provisioned, event: nothing },
    'nothing-was-made': { event: nothing },
    'trust-is-gone': { before: steps(provisioned, isGone), event: nothing },
    'request-is-at-work': { before: steps(provisioned, atWork), event: nothing },
    'call-denied': {
      before: provisioned,
      event: nothing,
      during: refusing(
        'DescribeTrusts',
        'AccessDeniedException',
        'User is not authorized to perform: ds:DescribeTrusts',
      ),
    },
  },
};

const checks =
  'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-check-trusts:00000000000000000000000000000001';

/** What the workflow hands over of the trust that was made. */
const ofTrust =
  (failure: JsonObject | null = null) =>
  ({ account: { account }, executionArn, request: { requestId } }: Stage): JsonObject => {
    const output = account.executions.find(executionArn)?.standing.output;
    const { id = null } = objectIn(objectIn(output)['trust']);
    return { requestId, trustId: id, execution: checks, failure };
  };

const told = ofTrust();
const heard = (stage: Stage): Promise<unknown> => stage.account.invoke('report-trust', told(stage));
const heardInVain = async (stage: Stage): Promise<void> => {
  await stage.account.invoke('report-trust', told(stage), losing('UpdateItem')(stage)).catch(() => undefined);
};
const broken = set('VerifyFailed', 'Access is denied');
const notDone = { error: 'TrustFailed', cause: '{"errorMessage":"ClientException: Try later."}' };

/** A repair has deleted the trust and made another one, as the request's result says. */
const madeAnew = async (stage: Stage): Promise<void> => {
  broken(stage);
  for (const half of stage.world.forests[0]?.halves.values() ?? []) half.password = 'Chosen-by-hand-1';
  await runAs(`${nameOf(stage)}-repair`, stage);
};

const reportTrust = {
  at: null,
  cases: {
    'nothing-has-changed': { before: provisioned, event: told },
    'verification-failed': { before: steps(provisioned, broken), event: told },
    'told-already': { before: steps(provisioned, broken, heard), event: told },
    'verified-again': { before: steps(provisioned, broken, heard, set('Verified')), event: told },
    'still-verifying': { before: steps(provisioned, set('Verifying')), event: told },
    'could-not-be-asked': { before: provisioned, event: ofTrust(notDone) },
    'trust-is-gone': { before: steps(provisioned, isGone), event: told },
    'made-anew-by-a-repair': { before: steps(provisioned, madeAnew), event: told },
    'request-is-at-work': { before: steps(provisioned, broken, atWork), event: told },
    incoming: {
      request: 'incoming-without-database',
      before: steps(provisioned, set('Failed', 'Access is denied')),
      event: told,
    },
    'answer-lost': { before: steps(provisioned, broken), event: told, during: losing('UpdateItem') },
    'after-a-lost-answer': { before: steps(provisioned, broken, heardInVain), event: told },
  },
};

/** The cases of the functions that check-trusts calls, beside those that it shares with the provisioning. */
export const watch: { readonly trust: SubjectCases; readonly report: SubjectCases } = {
  trust: { 'list-trusts': listTrusts },
  report: { 'report-trust': reportTrust },
};
