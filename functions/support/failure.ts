import { z } from 'zod';
import { isStepErrorName, stepError } from './errors.ts';

/** What a Catch handed back to the state that asks, or null where another try is left. */
export const failureSchema = z.object({ error: z.string().min(1), cause: z.string() }).nullable();

const lambdaCause = z.object({ errorMessage: z.string() });

/** Lambda wraps an error's message in JSON; other services do not. */
export const messageOf = (cause: string): string => {
  try {
    return lambdaCause.parse(JSON.parse(cause)).errorMessage;
  } catch {
    return cause;
  }
};

/** Ends the state that asked with the error of the state that awaited, so that a redrive asks anew. */
export const rethrow = (failure: z.output<typeof failureSchema>): void => {
  if (failure === null) return;
  const message = messageOf(failure.cause);
  if (isStepErrorName(failure.error)) throw stepError(failure.error, message);
  throw Object.assign(new Error(message), { name: failure.error });
};
