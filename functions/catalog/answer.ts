import { oneLine, shortened } from '../report/words.ts';
import { Throttled } from '../support/errors.ts';
import type { Runtime } from '../support/runtime.ts';

const tries = 3;
/** So that what CloudFormation takes, 4,096 bytes with everything around it, is enough in any script. */
const mostCharacters = 1000;

/** How something ended, for CloudFormation and for the person who reads its events. */
export interface Outcome {
  readonly succeeded: boolean;
  readonly reason: string;
  /** What the template can get from the resource. */
  readonly attributes?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
}

const reasonOf = ({ reason }: Outcome): string => shortened(oneLine(reason), mostCharacters);

/** What a request about a custom resource is answered. */
export const response = (asked: Asked, outcome: Outcome): string => {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId } = asked;
  return JSON.stringify({
    Status: outcome.succeeded ? 'SUCCESS' : 'FAILED',
    Reason: reasonOf(outcome),
    PhysicalResourceId,
    StackId,
    RequestId,
    LogicalResourceId,
    ...(outcome.attributes === undefined ? {} : { Data: outcome.attributes }),
  });
};

/** What a WaitCondition is told. */
export const signal = (id: string, outcome: Outcome): string =>
  JSON.stringify({
    Status: outcome.succeeded ? 'SUCCESS' : 'FAILURE',
    Reason: reasonOf(outcome),
    UniqueId: id,
    Data: outcome.succeeded ? 'done' : 'failed',
  });

/** Puts an answer where CloudFormation looks for it, once more where that fails; throws where it never gets there. */
export const tell = async (put: Runtime['put'], url: string, body: string): Promise<void> => {
  let status = 0;
  for (let left = tries; left > 0; left -= 1) {
    // What went wrong names the URL, and whoever has that can answer.
    status = await put(url, body).catch(() => 0);
    if (status >= 200 && status < 300) return;
  }
  throw new Throttled(
    `CloudFormation could not be told the outcome: ${status === 0 ? 'there was no answer' : `HTTP status ${status}`}. It is tried again.`,
  );
};
