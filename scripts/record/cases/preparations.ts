import type { Json, JsonObject } from '../../../simulator/states/data/json.ts';
import type { Execution } from '../../../simulator/states/execution.ts';
import type { RegisteredMachine } from '../../../simulator/states/records.ts';
import type { Directory, NewDirectory } from '../../../simulator/world/directories.ts';
import { isJsonObject } from '../object-in.ts';
import type { Stage } from '../stage.ts';

export const seconds =
  (count: number) =>
  (stage: Stage): Promise<void> =>
    stage.seconds(count);
export const minutes = (count: number) => seconds(count * 60);

/** One after the other. */
export const steps =
  (...each: readonly ((stage: Stage) => unknown)[]) =>
  async (stage: Stage): Promise<void> => {
    for (const step of each) await step(stage);
  };

export const called = (stage: Stage): Promise<void> => stage.call();
export const passed = (stage: Stage): Promise<void> => stage.pass();

/** A directory of the request's name that nobody knows the maker of. */
export const placeDirectory = (
  { world, request: { directory } }: Stage,
  difference: Partial<NewDirectory> = {},
): Directory => {
  if (directory.directoryId !== null) throw new TypeError('The request adopts a directory.');
  const { name, shortName, vpcId, subnetIds } = directory;
  return world.directories.place({
    name,
    shortName,
    edition: 'Standard',
    description: null,
    vpcId,
    subnetIds,
    tags: new Map(),
    ...difference,
  });
};

const set = (value: JsonObject, [first = '', ...rest]: readonly string[], change: Json): JsonObject => {
  const inner = value[first];
  return {
    ...value,
    [first]: rest.length === 0 ? change : set(isJsonObject(inner) ? inner : {}, rest, change),
  };
};

/** A value with other ones at these paths, such as `onPremises.networks`. */
export const changed = (value: JsonObject, changes: JsonObject): JsonObject =>
  Object.entries(changes).reduce((result, [path, change]) => set(result, path.split('.'), change), value);

/** What the workflow hands over, with other values at these paths. */
export const having =
  (changes: JsonObject) =>
  (_stage: Stage, event: JsonObject): JsonObject =>
    changed(event, changes);

const idle = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Wait for directory',
  TimeoutSeconds: 1800,
  States: { 'Wait for directory': { Type: 'Wait', Seconds: 3600, End: true } },
});

/** From now on executions do nothing for an hour, and so call no function while another one is recorded. */
export const idling = ({ world, account }: Stage): RegisteredMachine => {
  const role = `arn:aws:iam::${world.accountId}:role/forestbridge-provision`;
  return account.account.executions.register('forestbridge-provision', idle, role);
};

/** An execution for the request that does nothing for an hour. */
export const idleExecution = (stage: Stage, name: string): Execution =>
  stage.account.account.executions.start(idling(stage), name, stage.written);

/** The execution claims another request as well, whose ledger is empty. */
export const claimedFor =
  (requestId: string) =>
  async (stage: Stage): Promise<void> => {
    const owner = { requestId, execution: stage.executionArn };
    await stage.account.invoke('claim-request', { ...(await stage.event('Claim request')), owner });
  };

/** Another execution claims the request, and does nothing after that. */
export const claimedByAnother = async (stage: Stage): Promise<void> => {
  await stage.upTo('Claim request');
  const { arn: execution } = idleExecution(stage, 'orders-20260105T070000');
  const owner = { requestId: stage.request.requestId, execution };
  await stage.account.invoke('claim-request', { ...(await stage.event('Claim request')), owner });
};
