import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { executionName } from '../../../cli/execution-name.ts';
import { deploy } from '../../../cli/local-account.ts';
import { functionKey } from '../../../cli/signatures.ts';
import { functions } from '../../../functions/functions.ts';
import { requestSchema } from '../../../functions/request/schema.ts';
import { readsOfFunctions } from '../../../infra/reads.ts';
import { bundle } from '../../../scripts/bundle/bundles.ts';
import { writeBundles } from '../../../scripts/bundle.ts';
import { Account } from '../../../simulator/account.ts';
import type { Execution } from '../../../simulator/states/execution.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { World } from '../../../simulator/world/world.ts';
import { registerDocuments } from '../../support/template-account.ts';
import { environmentsOf, namingIn } from '../../support/template-naming.ts';
import { FunctionProcess } from './function-process.ts';
import { writeHost } from './host-code.ts';
import { relay } from './relay.ts';

/** Where Lambda unpacks what it gets. */
const unpacked = '/var/task';

/** The folder of every function, as it is deployed, with the settings that lie beside some of them. */
const writeFunctions = async (folder: string, connections: string, roots: string): Promise<string> => {
  writeBundles(folder, await bundle(Object.keys(functions)), roots);
  const code = join(folder, 'functions');
  for (const [name, reads] of await readsOfFunctions())
    if (reads.includes('CONNECTIONS'))
      writeFileSync(join(code, name, 'settings.json'), JSON.stringify({ CONNECTIONS: connections }));
  return code;
};

/** A simulated account in which these requests fit, whose functions are the built bundles, one process each. */
export const bundledAccount = async (requests: readonly object[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'forestbridge-bundles-'));
  const host = join(folder, 'host.mjs');
  const processes = new Map<string, FunctionProcess>();
  const world = new World(new VirtualClock(Date.UTC(2026, 0, 5, 8)), 1);
  const account = new Account(world, async (name, payload, { now }) =>
    processes.get(name)?.invoke(payload, now().getTime()),
  );
  const parsed = requests.map((request) => requestSchema.parse(request));
  const settings = await deploy(account, parsed);
  const { CONNECTIONS = '' } = settings;
  const endpoint = await account.endpoint.listen(0);
  const network = await relay((name, port) => account.sqlServers.connect(name, port));
  const [code] = await Promise.all([
    writeFunctions(folder, CONNECTIONS, account.sqlServers.certificatePem),
    writeHost(host),
  ]);
  const naming = await namingIn(world, settings);
  registerDocuments(account, naming);
  for (const [name, variables] of environmentsOf(naming)) {
    const home = join(code, name);
    const here = Object.entries(variables).map(([key, value]) => [key, value.replace(unpacked, home)]);
    const environment = {
      AWS_REGION: world.region,
      AWS_ACCESS_KEY_ID: functionKey(name),
      AWS_SECRET_ACCESS_KEY: 'simulated',
      AWS_SESSION_TOKEN: 'simulated',
      AWS_ENDPOINT_URL: endpoint.url,
      ...Object.fromEntries(here),
    };
    const url = pathToFileURL(join(home, 'index.mjs')).href;
    processes.set(name, new FunctionProcess({ host, bundle: url, environment, network: network.port }));
  }
  return {
    account,
    /** Carries a request out to the end, and to what is told of it. */
    run: async (request: object): Promise<Execution> => {
      const { executions } = account;
      const machine = executions.machine(executions.machineArn('forestbridge-provision'));
      if (machine === undefined) throw new Error('The workflow is not registered.');
      const name = executionName(request, world.clock.now());
      const execution = executions.start(machine, name, JSON.parse(JSON.stringify(request)));
      await account.concluded(execution.arn);
      return execution;
    },
    close: async (): Promise<void> => {
      await Promise.all([...processes.values()].map((process) => process.close()));
      await Promise.all([endpoint.close(), network.close()]);
      await account.close();
      rmSync(folder, { recursive: true });
    },
  };
};
