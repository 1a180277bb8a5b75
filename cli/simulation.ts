import './short-lived.ts';
import { type NormalisedRequest, requestSchema } from '../functions/request/schema.ts';
import type { Account } from '../simulator/account.ts';
import { parseJson } from '../simulator/states/data/json.ts';
import type { Execution } from '../simulator/states/execution.ts';
import { VirtualClock } from '../simulator/world/clock.ts';
import { World } from '../simulator/world/world.ts';
import { executionName } from './execution-name.ts';
import { localAccount } from './local-account.ts';
import { Tally } from './tally.ts';

/** When every simulation begins: the same seed then gives the same run, whatever the day. */
export const start = Date.UTC(2026, 0, 5, 8);

/** One request, carried out in a simulated account of its own. */
export interface Simulation {
  readonly account: Account;
  readonly tally: Tally;
  /** The request as its world was made for it, or null where it is invalid. */
  readonly request: NormalisedRequest | null;
  /** Starts an execution of the request and returns it; `account.concluded` awaits its end. */
  readonly begin: () => Execution;
}

/** The account for a request, with a world made for it: an invalid one gets an empty world. */
export const simulation = async (json: unknown, seed: number): Promise<Simulation> => {
  const world = new World(new VirtualClock(start), seed);
  const tally = new Tally();
  const { data: request = null } = requestSchema.safeParse(json);
  const account = await localAccount(world, request === null ? [] : [request], tally.around);
  return {
    account,
    tally,
    request,
    begin() {
      const { executions } = account;
      const machine = executions.machine(executions.machineArn('forestbridge-provision'));
      if (machine === undefined) throw new Error('The workflow is not registered.');
      const input = parseJson(JSON.stringify(json));
      return executions.start(machine, executionName(json, world.clock.now()), input);
    },
  };
};
