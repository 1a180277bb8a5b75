import { SFNClient } from '@aws-sdk/client-sfn';
import { follow } from './follow.ts';
import { operatorConfiguration } from './local-account.ts';
import { explanationSchema, type Outcome } from './outcome.ts';
import { type Simulation, simulation } from './simulation.ts';
import { applyBreak, type BreakName } from '../simulator/world/breaks.ts';
import { View } from './view.ts';
import type { Screen } from './words.ts';

/** Milliseconds of real time between two looks at a run in virtual time. */
const pause = 100;

interface Options {
  readonly seed: number;
  readonly breaks: readonly BreakName[];
  /** Where the steps are shown, or null to show none. */
  readonly screen: Screen | null;
}

const outcomeOf = async (sim: Simulation, executionArn: string): Promise<Outcome> => {
  const { account, tally } = sim;
  const { executions, invocations } = account;
  const { apiCalls, writes } = tally;
  const execution = executions.find(executionArn);
  if (execution === undefined) throw new Error(`There is no execution ${executionArn}.`);
  const { status, error, cause } = explanationSchema.parse(
    await account.invoke('explain-execution', { executionArn }),
  );
  return {
    status,
    error,
    cause,
    output: execution.standing.output ?? null,
    execution: executionArn,
    virtualSeconds: ((execution.standing.stoppedAt ?? execution.startedAt) - execution.startedAt) / 1000,
    transitions: execution.transitions,
    invocations,
    apiCalls,
    writes,
  };
};

/** Carries a request out in an account of its own, in virtual time. */
export const simulate = async (json: object, { seed, breaks, screen }: Options): Promise<Outcome> => {
  const sim = await simulation(json, seed);
  const { account } = sim;
  for (const name of breaks) applyBreak(account.world, name);
  try {
    const { arn } = sim.begin();
    if (screen !== null) {
      const client = new SFNClient(operatorConfiguration(account));
      await follow(client, arn, new View(screen), { pause, now: () => account.world.clock.now() });
    }
    await account.concluded(arn);
    return await outcomeOf(sim, arn);
  } finally {
    await account.close();
  }
};
