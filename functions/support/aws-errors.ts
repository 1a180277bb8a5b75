import { z } from 'zod';
import { Forbidden, NotReady, type StepErrorClass, Throttled } from './errors.ts';

/** What the services call too many calls. LimitExceeded alone is none of these: there it is a quota that is full. */
const throttles =
  /^(Throttl|EC2Throttled|RequestThrottled|RequestLimitExceeded$|TooManyRequests|RateExceeded|ProvisionedThroughputExceeded|SlowDown)/;
const denials = /^(AccessDenied|UnauthorizedOperation$|NotAuthorized$|AuthorizationError)/;

/** Whether AWS answered with that error code, or with one of them. */
export const isAwsError = (error: unknown, ...codes: readonly string[]): error is Error =>
  error instanceof Error && codes.includes(error.name);

const answered = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) });
const statusOf = (error: unknown): number | undefined =>
  answered.safeParse(error).data?.$metadata.httpStatusCode;

const mayPass = (error: Error, status: number): boolean =>
  throttles.test(error.name) || error.message.includes('Rate exceeded') || status === 429 || status >= 500;

/** AWS's own answer in an error, or in what caused it. */
const answerIn = (error: unknown): { readonly error: Error; readonly status: number } | null => {
  if (!(error instanceof Error)) return null;
  const status = statusOf(error);
  return status === undefined ? answerIn(error.cause) : { error, status };
};

/** Whether AWS refused, so that what was asked for does not come to be; one that is there already came to be. */
export const isRefused = (error: unknown): boolean => {
  const answer = answerIn(error);
  if (answer === null || /Already|Duplicate|ResourceExists/.test(answer.error.name)) return false;
  return answer.status >= 400 && answer.status < 500;
};

/** Whether it would refuse again, however often it is asked. */
export const isRefusedForGood = (error: unknown): boolean => {
  const answer = answerIn(error);
  return (
    isRefused(error) &&
    !(error instanceof NotReady) &&
    answer !== null &&
    !mayPass(answer.error, answer.status)
  );
};

/** Names the failure of an AWS call: what may pass, what was denied, and the step's own error for the rest. */
export const named = (error: unknown, fails: StepErrorClass): Error => {
  if (!(error instanceof Error))
    return new TypeError('Something was thrown that is no error.', { cause: error });
  if (!('$metadata' in error)) return error;
  const status = statusOf(error);
  // A success whose body cannot be read is no answer either.
  if (status === undefined || status < 400)
    return new Throttled(`AWS did not answer: ${error.message}`, { cause: error });
  if (mayPass(error, status))
    return new Throttled(`AWS asked to try again later: ${error.name}: ${error.message}`, { cause: error });
  if (denials.test(error.name))
    return new Forbidden(`AWS denied a call: ${error.message} Allow it in this function's role.`, {
      cause: error,
    });
  return new fails(`${error.name}: ${error.message}`, { cause: error });
};
