import type { Identity } from '../request/identity.ts';
import { explained } from '../trust/reasons.ts';
import { anew } from './anew.ts';
import { legible, moment } from './words.ts';

/** A trust whose state is not the one that people last heard of. */
export interface Change extends Identity {
  readonly requestId: string;
  readonly trustId: string;
  readonly was: string;
  /** `Deleted` where it is gone. */
  readonly is: string;
  /** Since when, as far as AWS says it. */
  readonly since: Date | undefined;
  readonly reason: string | undefined;
  /** Whether nothing has to be done. */
  readonly stands: boolean;
}

const isGone = ({ is }: Change): boolean => is === 'Deleted';

const whatHappened = (change: Change): string => {
  const { requestId, trustId, directory, domainName, was, is, since } = change;
  const now = isGone(change) ? 'is gone' : `is ${is}`;
  const when = since === undefined ? '' : ` since ${moment(since.toISOString())}`;
  return `The trust ${trustId} of the directory ${directory} with ${domainName}, made for the request ${requestId}, was ${was} and ${now}${when}.`;
};

/** The reasons are written for an execution that waits for the trust; here none does. */
const causes = ({ reason, requestId }: Change): string =>
  explained(reason)
    .replaceAll(/[,;] then redrive the execution/g, '')
    .replaceAll(/start a new execution(?:, which ([^.;]+))?/g, (byHand, effect = 'takes up what exists') =>
      anew(requestId, byHand.replace(/,.*/, ''), effect),
    );

const whatToDo = (change: Change): string => {
  const { requestId, is, stands } = change;
  const again = anew(
    requestId,
    `start a new execution of the request ${requestId}`,
    'makes both halves anew',
  );
  if (isGone(change))
    return `Nobody logs in through it any more. Usually somebody deleted it, or its directory: CloudTrail's DeleteTrust or DeleteDirectory event says who. Next: where it was not meant to go, ${again}. It is not checked any more.`;
  if (stands)
    return is === 'Verified'
      ? 'AWS has verified it. Nothing has to be done.'
      : 'It stands; AWS does not verify an incoming trust. Nothing has to be done.';
  const next =
    is === 'Failed'
      ? `${again}. AWS does not verify a trust again that is Failed.`
      : "wait for the next check, or start an execution of the state machine forestbridge-check-trusts at once: it tells when the trust's state has changed.";
  return `${causes(change)} Next: when that is done, ${next}`;
};

/** What people are told of a trust, in a subject as SNS takes it and in sentences. */
export const trustNotice = (change: Change): { readonly subject: string; readonly text: string } => {
  const outcome = isGone(change) ? 'is gone' : `is ${change.is}`;
  return {
    subject: `Forestbridge: the trust with ${change.domainName.slice(0, 50)} ${outcome}`,
    text: legible(`${whatHappened(change)}\n${whatToDo(change)}`),
  };
};
