import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
import { Account } from '../../../simulator/account.ts';
import type { Execution } from '../../../simulator/states/execution.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { World } from '../../../simulator/world/world.ts';
import { environmentsOf } from './environments.ts';
import { FunctionProcess } from './function-process.ts';
import { writeHost } from './host-code.ts';
import { relay } from './relay.ts';

/** Writes the bundle of every function into the folder, with the settings that lie beside some of them. */
const writeBundles = async (folder: string, connections: string): Promise<void> => {
  for (const { name, code } of await bundle(Object.keys(functions))) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), code);
  }
  for (const [name, reads] of await readsOfFunctions())
    if (reads.includes('CONNECTIONS'))
      writeFileSync(join(folder, name, 'settings.json'), JSON.stringify({ CONNECTIONS: connections }));
};

/** A simulated account in which these requests fit, whose functions are the built bundles, one process each. */
export const bundledAccount = async (requests: readonly object[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'forestbridge-bundles-'));
  const host = join(folder, 'host.mjs');
  const certificates = join(folder, 'certificates.pem');
  const processes = new Map<string, FunctionProcess>();
  const world = new World(new VirtualClock(Date.UTC(2026, 0, 5, 8)), 1);
  const account = new Account(world, async (name, payload, { now }) =>
    processes.get(name)?.invoke(payload, now().getTime()),
  );
  const parsed = requests.map((request) => requestSchema.parse(request));
  const { CONNECTIONS = '', ...settings } = await deploy(account, parsed);
  const endpoint = await account.endpoint.listen(0);
  const network = await relay((name, port) => account.sqlServers.connect(name, port));
  writeFileSync(certificates, account.sqlServers.certificatePem);
  await Promise.all([writeHost(host), writeBundles(folder, CONNECTIONS)]);
  const environments = await environmentsOf({ ...settings, DATABASE_CA_FILE: certificates });
  for (const [name, variables] of environments) {
    const environment = {
      AWS_REGION: world.region,
      AWS_ACCESS_KEY_ID: functionKey(name),
      AWS_SECRET_ACCESS_KEY: 'simulated',
      AWS_SESSION_TOKEN: 'simulated',
      AWS_ENDPOINT_URL: endpoint.url,
      ...variables,
    };
    const url = pathToFileURL(join(folder, name, 'index.mjs')).href;
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
