import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { localAccount, operatorConfiguration } from '../../cli/local-account.ts';
import { type Outcome, outcomeSchema } from '../../cli/outcome.ts';
import type { Shell } from '../../cli/shell.ts';
import { parseRequest } from '../../functions/request/schema.ts';
import type { EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { World } from '../../simulator/world/world.ts';
import { example } from '../functions/request/requests.ts';
import { forestbridge } from './shell.ts';

export type Around = NonNullable<EndpointOptions['around']>;

export const request = fileURLToPath(new URL('../../events/requests/no-database.json', import.meta.url));
export const arn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision';
export const unknown = 'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:nobody';
export const undisturbed: Around = (_call, answer) => answer();

/** A command line whose AWS is an account in this process. */
export const commandLine = async (
  around: Around = undisturbed,
  {
    environment = {},
    shell = {},
  }: { readonly environment?: Shell['environment']; readonly shell?: Partial<Shell> } = {},
) => {
  const world = new World(new VirtualClock(Date.UTC(2026, 0, 5, 8)), 1);
  const account = await localAccount(world, [parseRequest(example('no-database'))], around);
  onTestFinished(() => account.close());
  const run = (...args: readonly string[]) =>
    forestbridge(args, { aws: operatorConfiguration(account), environment, ...shell });
  const start = (...args: readonly string[]) => run('start', ...args, '--state-machine', arn);
  return { account, run, start };
};

type Account = Awaited<ReturnType<typeof localAccount>>;

/** Ends an execution that nobody is interested in any more. */
export const abandon = async (account: Account, executionArn: string): Promise<void> => {
  account.executions.find(executionArn)?.stop(undefined, undefined);
  await account.concluded(executionArn);
};

/** The one object that was printed. */
export const outcomeOf = ({ output }: { readonly output: string }): Outcome => {
  expect(output).toMatch(/^\{.*\}\n$/);
  return outcomeSchema.parse(JSON.parse(output));
};
