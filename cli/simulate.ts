import { fileURLToPath } from 'node:url';
import { applyBreak } from '../simulator/world/breaks.ts';
import type { Arguments } from './arguments.ts';
import { breaksOf, checkBreaks, listsBreaks } from './breaks.ts';
import { afterword, outcomeOf, showExecution } from './local-execution.ts';
import type { Outcome } from './outcome.ts';
import { report } from './report.ts';
import { readJsonFile } from './request-file.ts';
import type { Shell } from './shell.ts';
import { type Simulation, simulation } from './simulation.ts';
import type { Screen } from './words.ts';
import { readWorldFile } from './world-file/world-file.ts';

const example = new URL('../events/requests/one-way-forest.json', import.meta.url);

/** Carries a simulation out to its end, in virtual time, and shows its steps where there is a screen. */
const carryOut = async (
  sim: Simulation,
  screen: Screen | null,
  interrupted: Promise<unknown>,
): Promise<Outcome> => {
  const start = performance.now();
  const execution = sim.begin();
  const { arn } = execution;
  void interrupted.then(() => execution.stop(undefined, 'Interrupted on the command line.'));
  if (screen !== null) await showExecution(sim.account, arn, screen);
  await sim.account.executions.ended(arn);
  // For the benchmark.
  performance.measure('execution', { start });
  await sim.account.concluded(arn);
  return outcomeOf(sim, arn);
};

export const simulate = async (args: Arguments, shell: Shell): Promise<number> => {
  const { screen } = shell;
  const interrupted = shell.interrupted();
  const file = args.optional('REQUEST') ?? fileURLToPath(example);
  const seed = args.whole('seed', { fallback: 1, least: 0, most: 2 ** 32 - 1 });
  const asJson = args.has('json');
  if (listsBreaks(args, screen)) return 0;
  const breaks = breaksOf(args);
  const worldFile = args.text('world-file');
  const { json } = await readJsonFile(file);
  const change = worldFile === undefined ? null : await readWorldFile(worldFile);
  const sim = await simulation(json, seed);
  const { account, request } = sim;
  let outcome: Outcome;
  try {
    if (request !== null) {
      checkBreaks(breaks, request);
      change?.(account.world, request);
    }
    for (const name of breaks) applyBreak(account.world, name);
    outcome = await carryOut(sim, asJson ? null : screen, interrupted);
  } finally {
    await account.close();
  }
  const status = report(outcome, asJson, shell);
  if (!asJson) screen.write(afterword(outcome, screen));
  return outcome.status === 'ABORTED' ? interrupted : status;
};
