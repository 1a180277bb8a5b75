import { AsyncLocalStorage } from 'node:async_hooks';
import { readdirSync, readFileSync } from 'node:fs';
import { RedriveExecutionCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { onTestFinished } from 'vitest';
import { executionName } from '../../cli/execution-name.ts';
import { operatorConfiguration } from '../../cli/local-account.ts';
import { explanationSchema } from '../../cli/outcome.ts';
import { isFunctionKey } from '../../cli/signatures.ts';
import { Tally } from '../../cli/tally.ts';
import { requestSchema } from '../../functions/request/schema.ts';
import type { Log } from '../../functions/support/runtime.ts';
import type { Json } from '../../simulator/states/data/json.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import type { Executions } from '../../simulator/states/executions.ts';
import type { EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { World } from '../../simulator/world/world.ts';

import { templateAccount } from './template-account.ts';
import type { Amend } from './template-naming.ts';

type Around = NonNullable<EndpointOptions['around']>;

type Visit = (state: string, run: () => Promise<unknown>) => Promise<unknown>;

const folder = new URL('../../events/requests/', import.meta.url);
const undisturbed: Around = (_call, answer) => answer();
const unhindered: Visit = (_state, run) => run();

/** Every request that a user can copy, by the name of its file. */
export const requestNames: readonly string[] = readdirSync(folder).map((file) => file.replace('.json', ''));

export const requestNamed = (name: string): Readonly<Record<string, Json>> =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));

/** The state that is just calling its function: the last thing that its execution tells is that the task has started. */
const stateCalling = ({ all }: Executions): string | undefined => {
  for (const { history } of all) {
    if (history.events.at(-1)?.type !== 'TaskStarted') continue;
    let event = history.events.at(-1);
    while (event !== undefined && event.stateEnteredEventDetails === undefined)
      event = history.events[(event.previousEventId ?? 0) - 1];
    return event?.stateEnteredEventDetails?.name;
  }
  return undefined;
};

/** A deployment of the template in a world of its own that these requests fit into; `close` it in the end. */
export const deployed = async (requests: readonly object[], log?: Log, amend?: Amend) => {
  const world = new World(new VirtualClock(Date.UTC(2026, 0, 5, 8)), 1);
  const tally = new Tally();
  let disturbance = undisturbed;
  const { account, guard, naming, permissions } = await templateAccount(
    world,
    requests.map((request) => requestSchema.parse(request)),
    (call, answer) =>
      tally.around(call, () => (isFunctionKey(call.accessKeyId) ? disturbance(call, answer) : answer())),
    log,
    amend,
  );
  const { executions } = account;
  const states = new AsyncLocalStorage<string>();
  const invoke = account.invoke.bind(account);
  let visit = unhindered;
  account.invoke = (name, payload) => {
    const state = stateCalling(executions) ?? name;
    return states.run(state, () => visit(state, () => invoke(name, payload)));
  };
  const sfn = new SFNClient(operatorConfiguration(account));
  const begin = (request: object, name = executionName(request, world.clock.now())): Execution => {
    const machine = executions.machine(executions.machineArn('forestbridge-provision'));
    if (machine === undefined) throw new Error('The workflow is not registered.');
    return executions.start(machine, name, JSON.parse(JSON.stringify(request)));
  };
  return {
    account,
    world,
    tally,
    guard,
    naming,
    permissions,
    begin,
    /** Carries the request out to the end, and to what is told of it. */
    run: async (request: object): Promise<Execution> => {
      const execution = begin(request);
      await account.concluded(execution.arn);
      return execution;
    },
    stop: ({ arn }: Execution) => sfn.send(new StopExecutionCommand({ executionArn: arn })),
    /** Goes on with an execution that did not succeed, to its next end. */
    redrive: async ({ arn }: Execution): Promise<void> => {
      await sfn.send(new RedriveExecutionCommand({ executionArn: arn }));
      await account.concluded(arn);
    },
    explain: async ({ arn }: Execution) =>
      explanationSchema.parse(await account.invoke('explain-execution', { executionArn: arn })),
    /** The state whose function is running where this is asked; what no state has called goes by its own name. */
    state: (): string => states.getStore() ?? '',
    /** From now on every run of a function goes through it, with the name of the state that runs it. */
    visiting: (next = unhindered): void => {
      visit = next;
    },
    /** From now on every call of a function goes through it. */
    disturb: (next: Around): void => {
      disturbance = next;
    },
    close: () => account.close(),
  };
};

export type Deployment = Awaited<ReturnType<typeof deployed>>;

/** A deployment for one test. */
export const deployedForTest = async (...requests: readonly object[]): Promise<Deployment> => {
  const deployment = await deployed(requests);
  onTestFinished(deployment.close);
  return deployment;
};
