import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { operatorConfiguration, watchSchedule } from '../../cli/local-account.ts';
import { parseRequest } from '../../functions/request/schema.ts';
import { names } from '../../infra/names.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import { ConnectionLost } from '../../simulator/wire/connection-lost.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { applyBreak, mendBreak } from '../../simulator/world/breaks.ts';
import { form, requester } from './catalog.ts';
import { type Deployment, requestNamed, requestNames } from './provisioning.ts';
import { thrown } from './state-machines.ts';

type Request = Readonly<Record<string, unknown>>;

const publicAddresses = requestNamed('public-dns-addresses');

/** Every request that users can copy, and one that names whatever can be there already. */
export const requests: Readonly<Record<string, Request>> = {
  ...Object.fromEntries(requestNames.map((name) => [name, requestNamed(name)])),
  'everything-given': {
    ...publicAddresses,
    requestId: 'given',
    directory: requestNamed('adopted-directory')['directory'],
    database: {
      ...Object(publicAddresses['database']),
      identifier: 'given',
      subnetGroupName: 'given-subnets',
      securityGroupIds: ['sg-0a1b2c3d4e5f60720'],
      kmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/1f2e3d4c-5b6a-7988-8796-a5b4c3d2e1f0',
    },
  },
};

/** What comes of a request, and what happens around it. */
interface Story {
  /** Before it is carried out. */
  readonly before?: (deployment: Deployment) => Promise<void> | void;
  /** It does not succeed; this mends the cause, and it is redriven, or carried out anew. */
  readonly mend?: (deployment: Deployment) => void;
  readonly goesOn?: 'by a new execution';
  /** Once it has succeeded. */
  readonly after?: (deployment: Deployment, request: Request) => Promise<void>;
}

const succeeded = (execution: Execution): void =>
  expect(execution.standing.cause ?? execution.standing.status).toBe('SUCCEEDED');

const day = 86_400_000;

/** The ledger, for somebody who mends it by hand. */
const ledgerIn = (account: Deployment['account']) => {
  const client = new DynamoDBClient(operatorConfiguration(account));
  const table = { TableName: names.ledger };
  return {
    items: async () =>
      (await client.send(new ScanCommand(table))).Items?.map(({ item }) => item?.S ?? '') ?? [],
    forget: (request: Request, item: string) =>
      client.send(
        new DeleteItemCommand({
          ...table,
          Key: { requestId: { S: String(request['requestId']) }, item: { S: item } },
        }),
      ),
  };
};

/** The trusts are checked once. */
const check = async ({ world, account }: Deployment): Promise<void> => {
  world.schedules.enable(watchSchedule);
  const before = account.executions.all.length;
  await world.clock.sleep(2 * day);
  const begun = account.executions.all.slice(0, account.executions.all.length - before);
  expect(begun.length).toBeGreaterThan(0);
  for (const execution of begun) {
    await account.executions.ended(execution.arn);
    succeeded(execution);
  }
};

/** The first time that any state makes something AWS's answer is lost, though it was carried out. */
const loseAnswers = ({ disturb, state }: Deployment, onLoss: (operation: string) => void): void => {
  const lost = new Set<string>();
  disturb(async (call, answer) => {
    const key = `${state()} ${call.operation}`;
    if (!/^(Create|Put|Add)(?!Item)/.test(call.operation) || lost.has(key)) return answer();
    lost.add(key);
    await answer();
    onLoss(call.operation);
    throw new ConnectionLost();
  });
};

/** AWS refuses those calls, known by their operations and inputs, until it is mended. */
const refuse = ({ disturb }: Deployment, calls: RegExp): void =>
  disturb((call, answer) =>
    calls.test(`${call.operation} ${JSON.stringify(call.input)}`)
      ? Promise.reject(new ServiceError('InvalidParameterException', 'No.'))
      : answer(),
  );

const unhindered = ({ disturb, visiting }: Deployment): void => {
  disturb((_call, answer) => answer());
  visiting();
};

/** The company has one DNS server less, and then as many as before. */
const forwardAnew = async ({ run }: Deployment, request: Request): Promise<void> => {
  const onPremises = { ...Object(request['onPremises']) };
  const dnsIpAddresses = onPremises.dnsIpAddresses.slice(0, 1);
  succeeded(await run({ ...request, onPremises: { ...onPremises, dnsIpAddresses } }));
  succeeded(await run(request));
};

const isOurs = ({ tags }: { readonly tags: ReadonlyMap<string, string> }): boolean =>
  tags.has('forestbridge:request');

/** Somebody deletes all that was made in AWS. */
const takeAway = async ({ world }: Deployment): Promise<void> => {
  const { databases, directories, network } = world;
  for (const instance of databases.all.filter(isOurs)) databases.delete(instance);
  for (const directory of directories.all.filter(isOurs)) directories.delete(directory);
  await world.clock.sleep(day);
  for (const [name, group] of databases.subnetGroups) if (isOurs(group)) databases.subnetGroups.delete(name);
  for (const { id, tags } of network.securityGroups.values())
    if (tags['forestbridge:request'] !== undefined) network.removeSecurityGroup(id);
};

/** Somebody takes our instances out of their directory. */
const leaveDirectory = async ({ world, run }: Deployment, request: Request): Promise<void> => {
  for (const instance of world.databases.all.filter(isOurs)) instance.membership = null;
  succeeded(await run(request));
};

/** Has both halves of a trust made anew whose password somebody has changed on premises. */
const repair = async ({ world, run }: Deployment, request: Request): Promise<void> => {
  for (const { trusts } of world.directories.all) for (const trust of trusts) trust.state = 'VerifyFailed';
  for (const { halves } of world.forests)
    for (const half of halves.values()) half.password = 'Chosen-by-hand-1';
  succeeded(await run(request));
};

/** What the requests go through that users can copy; one without a story is just carried out. */
export const stories: Readonly<Record<string, Story>> = {
  'one-way-forest': {
    async after(deployment, request) {
      await forwardAnew(deployment, request);
      await takeAway(deployment);
      for (const { halves, forwarders } of deployment.world.forests) {
        halves.clear();
        forwarders.clear();
      }
      succeeded(await deployment.run(request));
    },
  },
  'adopted-directory': {
    async after(deployment, request) {
      await forwardAnew(deployment, request);
      await check(deployment);
      await repair(deployment, request);
      await leaveDirectory(deployment, request);
    },
  },
  'no-database': {
    async after(deployment, request) {
      const { world, account } = deployment;
      await check(deployment);
      // An execution that was cut off left its claim behind.
      const left = account.executions.all.find(({ of }) => of.name === 'forestbridge-provision');
      const normalised = parseRequest(request);
      const owner = { requestId: normalised.requestId, execution: left?.arn };
      await account.invoke('claim-request', { owner, request: normalised });
      applyBreak(world, 'port-389');
      await check(deployment);
      mendBreak(world, 'port-389');
      await repair(deployment, request);
    },
  },
  'incoming-without-database': {
    before(deployment) {
      refuse(deployment, /^SendCommand .*forward-dns/);
    },
    mend: unhindered,
    async after({ begin, world, account }, request) {
      const first = begin(request);
      await world.clock.sleep(1000);
      const second = begin(request);
      await account.concluded(second.arn);
      expect(second.standing).toMatchObject({ status: 'FAILED', error: 'Conflict' });
      await account.concluded(first.arn);
      succeeded(first);
    },
  },
  'existing-instance': {
    before(deployment) {
      refuse(deployment, /^CreateConditionalForwarder /);
    },
    mend: unhindered,
    async after({ account, run, world }, request) {
      // What the ledger knows nothing of was there before.
      const { items, forget } = ledgerIn(account);
      for (const item of await items()) if (item.startsWith('made#login#')) await forget(request, item);
      await world.clock.sleep(day);
      succeeded(await run(request));
    },
  },
  external: {
    before({ world, visiting }) {
      // After the look at the domain controller, so that it is news there.
      visiting((state, run) => {
        if (state === 'Forward DNS on premises')
          for (const { forwarders } of world.forests) forwarders.set('aws.example.com', ['10.99.0.1']);
        return run();
      });
    },
    mend(deployment) {
      unhindered(deployment);
      for (const { forwarders } of deployment.world.forests) forwarders.clear();
    },
  },
  'everything-given': {
    before({ world }) {
      for (const { name } of world.directories.all)
        for (const { forwarders } of world.forests) forwarders.set(name, ['10.99.0.1']);
    },
    mend({ world }) {
      for (const { forwarders } of world.forests) forwarders.clear();
    },
    after: leaveDirectory,
  },
  'two-way-forest': {
    async before({ world, visiting }) {
      // The first directory fails at once, and the first instance of the account is one of ours.
      world.directories.failures = 1;
      for (const instance of world.databases.all) world.databases.delete(instance);
      await world.clock.sleep(day);
      visiting((state, run) => {
        if (state === 'Await membership') applyBreak(world, 'role');
        return run();
      });
    },
    mend(deployment) {
      unhindered(deployment);
      mendBreak(deployment.world, 'role');
    },
  },
  'public-dns-addresses': {
    before(deployment) {
      const { executions } = deployment.account;
      loseAnswers(deployment, (operation) => {
        if (operation === 'CreateMicrosoftAD') executions.all[0]?.stop(undefined, undefined);
      });
    },
    mend: () => {},
    goesOn: 'by a new execution',
    async after({ world, run }, request) {
      // Somebody has made its routes anew, as his own.
      for (const { ipRoutes } of world.directories.all)
        for (const [index, { cidr, status, ...route }] of ipRoutes.entries())
          ipRoutes[index] = { ...route, cidr, status, description: 'theirs' };
      succeeded(await run(request));
    },
  },
};

/** A product of the catalog: launched, changed for longer than CloudFormation waits, terminated; and one that fails. */
export const serveCatalog = async (deployment: Deployment): Promise<void> => {
  const { world, visiting, account } = deployment;
  const { launch, update, terminate } = requester(deployment);
  const launched = await launch(form);
  expect(launched.error).toBeNull();
  const until = world.clock.now() + 70 * 60_000;
  visiting((state, run) =>
    state === 'Await database' && world.clock.now() < until
      ? Promise.reject(thrown('NotReady', 'It is being changed.'))
      : run(),
  );
  const slow = await update(launched.of.id, { ...form, Logins: 'DBAdmins,Readers' });
  expect(slow.error).toContain('The update is still running');
  for (const { arn } of account.executions.all) await account.executions.ended(arn);
  expect((await terminate(launched.of.id, true)).error).toBeNull();
  applyBreak(world, 'port-389');
  expect((await launch({ ...form, DatabaseIdentifier: 'orders-2' }, 'another')).status).toBe('FAILED');
};

/** Carries a request out with its story, to success, and has its end explained. */
export const carryOut = async (
  deployment: Deployment,
  request: Request,
  { before, mend, goesOn, after }: Story = {},
): Promise<void> => {
  await before?.(deployment);
  let execution = await deployment.run(request);
  if (mend !== undefined) {
    expect(execution.standing.status).not.toBe('SUCCEEDED');
    expect((await deployment.explain(execution)).status).toBe(execution.standing.status);
    mend(deployment);
    // Executions are named by the second.
    await deployment.world.clock.sleep(1000);
    if (goesOn === undefined) await deployment.redrive(execution);
    else execution = await deployment.run(request);
  }
  succeeded(execution);
  expect((await deployment.explain(execution)).status).toBe('SUCCEEDED');
  unhindered(deployment);
  await after?.(deployment, request);
};
