import { beforeAll, describe, expect, it } from 'vitest';
import { likenessAfter, likenessOf } from '../support/likeness.ts';
import { type Deployment, deployedForTest, requestNamed } from '../support/provisioning.ts';
import { ledgerOf, type Plain } from '../support/world-snapshot.ts';

/** From now on the function of that state fails, once; resolves when another execution is to come in between. */
const failOnce = ({ visiting }: Deployment, state: string, name: string): void => {
  let hasFailed = false;
  visiting((visited, run) => {
    if (hasFailed || visited !== state) return run();
    hasFailed = true;
    return Promise.reject(Object.assign(new Error('Not this time.'), { name }));
  });
};

const minutes = (count: number): number => count * 60_000;

describe('two executions of one request', () => {
  const request = requestNamed('no-database');
  let undisturbed: Plain;

  beforeAll(async () => {
    undisturbed = await likenessAfter(request);
  });

  it.each([
    ['at the same moment', 0],
    ['while the first one is at work', minutes(15)],
  ])('are one provisioning: started %s', async (_when, pause) => {
    const { account, world, begin, explain, redrive } = await deployedForTest(request);

    const first = begin(request);
    await world.clock.sleep(pause);
    const second = begin(request, 'the-second');
    await account.concluded(second.arn);
    const { cause } = await explain(second);
    await account.concluded(first.arn);

    expect(second.standing).toMatchObject({ status: 'FAILED', error: 'Conflict' });
    expect(cause).toMatch(
      /failed at "Claim request" .*carried out by another execution.*Usually somebody started the same request twice/,
    );
    expect(first.standing).toMatchObject({ status: 'SUCCEEDED' });
    expect(await likenessOf(account)).toEqual(undisturbed);
    const conclusion = (await ledgerOf(account)).find(({ item }) => item === 'conclusion');
    expect(conclusion?.['execution']).toBe(first.arn);

    await redrive(second);
    expect(second.standing).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('two requests at once', () => {
  it('that share the company, and nothing else, both succeed', async () => {
    const one = requestNamed('no-database');
    const other = {
      ...one,
      requestId: 'another',
      directory: { ...Object(one['directory']), name: 'cloud.example.com', shortName: 'CLOUD' },
    };
    const { account, world, begin } = await deployedForTest(one, other);

    const executions = [begin(one), begin(other)];
    for (const { arn } of executions) await account.concluded(arn);

    expect(executions.map(({ standing }) => standing.status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    const [forest] = world.forests;
    expect([...(forest?.halves.keys() ?? [])].toSorted()).toEqual(['aws.example.com', 'cloud.example.com']);
    expect(world.directories.all.map(({ trusts }) => trusts.map(({ state }) => state))).toEqual([
      ['Verified'],
      ['Verified'],
    ]);
  });

  it.each([0, 5000, 20_000])(
    'that share a directory make one trust, and the second says what to wait for: %i ms apart',
    async (pause) => {
      const { database: _database, ...ledger } = requestNamed('adopted-directory');
      const books = { ...ledger, requestId: 'books' };
      const { account, world, begin, explain, redrive } = await deployedForTest(ledger, books);

      const executions = [begin(ledger)];
      await world.clock.sleep(pause);
      executions.push(begin(books));
      for (const { arn } of executions) await account.concluded(arn);
      const refused = executions.filter(({ standing }) => standing.status !== 'SUCCEEDED');

      expect(refused.map(({ standing }) => standing.error)).toEqual(['Conflict']);
      for (const execution of refused) {
        expect((await explain(execution)).cause).toMatch(
          /is being made by another execution, arn\S+\. Wait until the trust is verified or that execution has ended/,
        );
        await redrive(execution);
      }

      expect(executions.map(({ standing }) => standing.status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
      const [directory] = world.directories.all;
      expect(directory?.trusts.map(({ state }) => state)).toEqual(['Verified']);
      const made = (await ledgerOf(account)).filter(({ item = '' }) => item.startsWith('made#half'));
      expect(new Set(made.map(({ requestId }) => requestId)).size).toBe(1);
      expect(made).toHaveLength(2);
    },
  );
});

describe('an execution that another one overtook', () => {
  it('makes no logins any more when it is redriven', async () => {
    const request = requestNamed('one-way-forest');
    const deployment = await deployedForTest(request);
    const { account, run, redrive } = deployment;
    failOnce(deployment, 'Create Windows logins', 'LoginFailed');
    const first = await run(request);
    const second = await run({ ...request, database: { ...Object(request['database']), windowsLogins: [] } });
    expect([first, second].map(({ standing }) => standing.status)).toEqual(['FAILED', 'SUCCEEDED']);

    await redrive(first);

    expect(first.standing).toMatchObject({ status: 'FAILED', error: 'Conflict' });
    expect(first.standing.cause).toContain('was carried on by another execution');
    // Nobody has ever connected to it.
    expect(account.sqlServers.serverOf('orders')).toBeUndefined();
  });

  it('touches no trust any more when it is redriven', async () => {
    const { database: _database, ...ledger } = requestNamed('adopted-directory');
    const books = { ...ledger, requestId: 'books' };
    const deployment = await deployedForTest(ledger, books);
    const { account, world, run, begin, redrive } = deployment;
    failOnce(deployment, 'Create trust on premises', 'CommandFailed');
    const first = await run(ledger);
    const second = begin(books);
    const taken = Promise.withResolvers<void>();
    deployment.visiting((visited, visit) => {
      if (visited === 'Keep the trust password') taken.resolve();
      return visit();
    });
    await taken.promise;

    await redrive(first);
    await account.concluded(second.arn);

    expect(first.standing).toMatchObject({ status: 'FAILED', error: 'Conflict' });
    expect(second.standing.cause ?? second.standing.status).toBe('SUCCEEDED');
    expect(world.directories.all[0]?.trusts.map(({ state }) => state)).toEqual(['Verified']);
  });
});
