import { setImmediate } from 'node:timers/promises';
import { ProvisionProductCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { offered } from '../infra/catalog/offered.ts';
import type { Account } from '../simulator/account.ts';
import type { Execution } from '../simulator/states/execution.ts';
import { applyBreak } from '../simulator/world/breaks.ts';
import type { CatalogRecord } from '../simulator/world/catalog/records.ts';
import { VirtualClock } from '../simulator/world/clock.ts';
import { World } from '../simulator/world/world.ts';
import { type Arguments, WrongUsage } from './arguments.ts';
import { breaksOf, listsBreaks } from './breaks.ts';
import { type FilledIn, readForm } from './catalog-form.ts';
import { readConnections } from './connections-file.ts';
import { localAccount, operatorConfiguration } from './local-account.ts';
import { afterword, outcomeOf, showExecution } from './local-execution.ts';
import { productName, productVersion, requestOf } from './offer-product.ts';
import { type Outcome, refusedOutcome, seconds } from './outcome.ts';
import { report } from './report.ts';
import { Refused } from './request-file.ts';
import type { Shell } from './shell.ts';
import { start } from './simulation.ts';
import { Tally } from './tally.ts';
import type { Screen } from './words.ts';

/** Asks Service Catalog for the product. */
const provision = async (account: Account, filledIn: FilledIn): Promise<CatalogRecord> => {
  const { RecordDetail } = await new ServiceCatalogClient(operatorConfiguration(account)).send(
    new ProvisionProductCommand({
      ProductName: productName,
      ProvisioningArtifactName: productVersion,
      ProvisionedProductName: 'request',
      ProvisioningParameters: filledIn,
    }),
  );
  const record = account.world.catalog.records.get(RecordDetail?.RecordId ?? '');
  if (record === undefined) throw new Error('Service Catalog has no record of what was asked for.');
  return record;
};

/** The execution that the product's stack starts, or null where it comes to none. */
const executionOf = async ({ executions }: Account, record: CatalogRecord): Promise<Execution | null> => {
  for (;;) {
    const [execution] = executions.all;
    if (execution !== undefined || record.outcome !== null) return execution ?? null;
    await setImmediate();
  }
};

/** Prints what became of the stack's resources, and gives how much of it was told by now. */
const tellStack = ({ of: { stack } }: CatalogRecord, told: number, screen: Screen | null): number => {
  const events = stack?.events ?? [];
  for (const { logicalId, status } of events.slice(told))
    if (!status.endsWith('_IN_PROGRESS')) screen?.write(`${status.padEnd(18)} ${logicalId}\n`);
  return events.length;
};

const carryOut = async (
  account: Account,
  tally: Tally,
  filledIn: FilledIn,
  screen: Screen | null,
): Promise<Outcome> => {
  const record = await provision(account, filledIn);
  const execution = await executionOf(account, record);
  const told = tellStack(record, 0, screen);
  if (execution !== null && screen !== null) await showExecution(account, execution.arn, screen);
  await record.ended;
  if (execution !== null) await account.concluded(execution.arn);
  tellStack(record, told, screen);
  const none = { ...refusedOutcome(''), invocations: account.invocations, apiCalls: tally.apiCalls };
  return {
    ...(execution === null ? none : await outcomeOf({ account, tally }, execution.arn)),
    status: record.outcome ?? 'RUNNING',
    cause: record.error,
    output:
      record.outcome === 'SUCCEEDED'
        ? Object.fromEntries(record.outputs.map(({ key, value }) => [key, value]))
        : null,
    virtualSeconds: seconds(record.updatedAt - record.createdAt),
  };
};

/** Asks for a database as an application team does, and shows what becomes of it. */
export const request = async (args: Arguments, shell: Shell): Promise<number> => {
  const { screen } = shell;
  const asJson = args.has('json');
  if (listsBreaks(args, screen)) return 0;
  const file = args.required('PARAMETERS');
  const way = args.text('via');
  if (way !== 'catalog')
    throw new WrongUsage(
      way === undefined ? '--via is missing. Write --via catalog.' : `--via takes 'catalog', not '${way}'.`,
    );
  const seed = args.whole('seed', { fallback: 1, least: 0, most: 2 ** 32 - 1 });
  const breaks = breaksOf(args);
  const filledIn = await readForm(file);
  const connections = readConnections(shell);
  if (offered(connections).length === 0)
    throw new Refused(
      'No connection of the configuration can hold a database, so the catalog offers none. One needs domainControllers, identifierPrefixes and a trust that is not "One-Way: Incoming".',
    );
  const wanted = requestOf(filledIn, connections);
  const tally = new Tally();
  const account = await localAccount(
    new World(new VirtualClock(start), seed),
    wanted === null ? [] : [wanted],
    tally.around,
    undefined,
    connections,
  );
  try {
    for (const name of breaks) applyBreak(account.world, name);
    const outcome = await carryOut(account, tally, filledIn, asJson ? null : screen);
    const status = report(outcome, asJson, shell);
    if (!asJson) screen.write(afterword(outcome, screen));
    return status;
  } finally {
    await account.close();
  }
};
