import type { Outcome } from './outcome.ts';
import type { Shell } from './shell.ts';
import { summary } from './summary.ts';

/** Tells how it ended, as people or as programs read it; returns the exit status. */
export const report = (outcome: Outcome, asJson: boolean, { screen, complain }: Shell): number => {
  if (asJson) screen.write(`${JSON.stringify(outcome)}\n`);
  else if (outcome.status === 'REFUSED') complain(`${outcome.cause}\n`);
  else screen.write(summary(outcome, screen));
  return outcome.status === 'SUCCEEDED' || outcome.status === 'RUNNING' ? 0 : 1;
};
