import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { NormalisedRequest } from '../functions/request/schema.ts';
import {
  applyBreak,
  type BreakName,
  breakDescriptions,
  isBreakName,
  lackedBy,
} from '../simulator/world/breaks.ts';
import { type Arguments, WrongUsage } from './arguments.ts';
import { follow } from './follow.ts';
import { operatorConfiguration } from './local-account.ts';
import { explanationSchema, type Outcome, seconds } from './outcome.ts';
import { report } from './report.ts';
import { readJsonFile } from './request-file.ts';
import type { Shell } from './shell.ts';
import { type Simulation, simulation } from './simulation.ts';
import { View } from './view.ts';
import { type Screen, styled } from './words.ts';
import { readWorldFile } from './world-file/world-file.ts';

const example = new URL('../events/requests/one-way-forest.json', import.meta.url);

const outcomeOf = async (sim: Simulation, executionArn: string): Promise<Outcome> => {
  const { account, tally } = sim;
  const { executions, invocations } = account;
  const { apiCalls, writes } = tally;
  const execution = executions.find(executionArn);
  if (execution === undefined) throw new Error(`There is no execution ${executionArn}.`);
  const { standing, startedAt, transitions } = execution;
  return {
    ...explanationSchema.parse(await account.invoke('explain-execution', { executionArn })),
    output: standing.output ?? null,
    execution: executionArn,
    virtualSeconds: seconds((standing.stoppedAt ?? startedAt) - startedAt),
    transitions,
    invocations,
    apiCalls,
    writes,
  };
};

/** Carries a simulation out to its end, in virtual time, and shows its steps where there is a screen. */
const carryOut = async (
  sim: Simulation,
  screen: Screen | null,
  interrupted: Promise<unknown>,
): Promise<Outcome> => {
  const { account } = sim;
  const execution = sim.begin();
  const { arn } = execution;
  void interrupted.then(() => execution.stop(undefined, 'Interrupted on the command line.'));
  if (screen !== null)
    await follow(new SFNClient(operatorConfiguration(account)), arn, new View(screen), {
      wait: () => Promise.race([sleep(100, undefined, { ref: false }), account.executions.ended(arn)]),
      now: () => account.world.clock.now(),
    });
  await account.concluded(arn);
  return outcomeOf(sim, arn);
};

/** Refuses causes that the request does not depend on: it would succeed as if nothing were broken. */
const checkBreaks = (breaks: readonly BreakName[], request: NormalisedRequest): void => {
  for (const name of breaks) {
    const lack = lackedBy(request, name);
    if (lack !== null)
      throw new WrongUsage(
        `To break ${name} has no effect on a request without a ${lack}. Leave it out, or name a request that has one.`,
      );
  }
};

const breaksOf = (args: Arguments): readonly BreakName[] =>
  args.all('break').map((name) => {
    if (isBreakName(name)) return name;
    throw new WrongUsage(`There is no cause '${name}' to break. --break list prints those that there are.`);
  });

/** Says what cannot be done about a failure that was only simulated. */
const afterword = ({ status, execution }: Outcome, screen: Screen): string =>
  status === 'SUCCEEDED' || execution === null
    ? ''
    : `${styled(screen, 'dim', 'The simulated account is gone with this run; to redrive in one that stays, see forestbridge simulator --help.')}\n`;

export const simulate = async (args: Arguments, shell: Shell): Promise<number> => {
  const { screen } = shell;
  const interrupted = shell.interrupted();
  const file = args.optional('REQUEST') ?? fileURLToPath(example);
  const seed = args.whole('seed', { fallback: 1, least: 0, most: 2 ** 32 - 1 });
  const asJson = args.has('json');
  if (args.all('break').includes('list')) {
    if (asJson) throw new WrongUsage('--break list prints a list and no object. Leave out --json.');
    for (const [name, description] of breakDescriptions) screen.write(`${name.padEnd(22)} ${description}\n`);
    return 0;
  }
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
