import type { Arguments } from './arguments.ts';
import { refusal } from './refusal.ts';
import { remoteOutcome } from './remote.ts';
import { report } from './report.ts';
import type { Shell } from './shell.ts';

/** Tells how an execution in an account stands, and why. */
export const explain = async (args: Arguments, shell: Shell): Promise<number> => {
  try {
    const outcome = await remoteOutcome(args.required('EXECUTION'), shell);
    return report(outcome, args.has('json'), shell);
  } catch (error) {
    throw refusal(error, shell.environment);
  }
};
