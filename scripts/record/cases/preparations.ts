import type { JsonObject } from '../../../simulator/states/data/json.ts';
import type { Execution } from '../../../simulator/states/execution.ts';
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

/** A value with other ones at these paths, such as `onPremises.networks`. */
export const changed = (value: JsonObject, changes: JsonObject): JsonObject => {
  let result = value;
  for (const [path, change] of Object.entries(changes)) {
    const [first = '', ...rest] = path.split('.');
    const inner = result[first];
    const below =
      rest.length === 0 ? change : changed(isJsonObject(inner) ? inner : {}, { [rest.join('.')]: change });
    result = { ...result, [first]: below };
  }
  return result;
};

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

/** An execution for the request that does nothing for an hour. */
export const idleExecution = ({ world, account, written }: Stage, name: string): Execution => {
  const { executions } = account.account;
  const role = `arn:aws:iam::${world.accountId}:role/forestbridge-provision`;
  return executions.start(executions.register('forestbridge-provision', idle, role), name, written);
};

/** Another execution claims the request, and does nothing after that. */
export const claimedByAnother = async (stage: Stage): Promise<void> => {
  await stage.upTo('Claim request');
  const { arn: execution } = idleExecution(stage, 'orders-20260105T070000');
  const owner = { requestId: stage.request.requestId, execution };
  await stage.account.invoke('claim-request', { ...(await stage.event('Claim request')), owner });
};
