import type { Arguments } from './arguments.ts';
import { refusedOutcome } from './outcome.ts';
import { refusal } from './refusal.ts';
import { remoteOutcome } from './remote.ts';
import { report } from './report.ts';
import type { Shell } from './shell.ts';

/** Tells how an execution in an account stands, and why. */
export const explain = async (args: Arguments, shell: Shell): Promise<number> => {
  try {
    const outcome = await Promise.race([
      shell.interrupted(),
      remoteOutcome(args.required('EXECUTION'), shell),
    ]);
    if (typeof outcome !== 'number') return report(outcome, args.has('json'), shell);
    report(refusedOutcome('Interrupted before the account had answered.'), args.has('json'), shell);
    return outcome;
  } catch (error) {
    throw refusal(error, shell.environment);
  }
};
