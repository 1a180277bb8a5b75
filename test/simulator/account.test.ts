import { existsSync, readFileSync } from 'node:fs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Account, type RunFunction, type Surface } from '../../simulator/account.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { World } from '../../simulator/world/world.ts';
import { configurationFor } from '../support/configuration.ts';
import { definition, task, thrown } from '../support/state-machines.ts';

const start = Date.UTC(2026, 0, 5, 8);
const states = { Work: task('work') };

interface Call {
  readonly name: string;
  readonly payload: unknown;
  readonly at: number;
}

/** An account with one workflow; every call of a function is written down. */
const prepare = (run: RunFunction = async () => null, around?: ConstructorParameters<typeof Account>[2]) => {
  const world = new World(new VirtualClock(start), 1);
  const calls: Call[] = [];
  const surfaces = new Set<Surface>();
  const account = new Account(
    world,
    async (name, payload, surface) => {
      calls.push({ name, payload, at: (world.clock.now() - start) / 1000 });
      surfaces.add(surface);
      return run(name, payload, surface);
    },
    around,
  );
  onTestFinished(() => account.close());
  const { executions } = account;
  const machine = executions.register(
    'machine',
    definition(states),
    'arn:aws:iam::111122223333:role/machine',
  );
  return {
    account,
    world,
    calls,
    surfaces,
    begin: (name = 'one'): Execution => executions.start(machine, name, { order: 1 }),
    concluding: () => calls.filter(({ name }) => name === 'conclude'),
  };
};

const failing =
  (name: string, times: number): RunFunction =>
  async (called) => {
    if (called !== name || times === 0) return 'done';
    times -= 1;
    throw thrown('DatabaseFailed', 'It did not work.');
  };

describe('an account', () => {
  it('runs its functions on its own time and its own calls', async () => {
    const { account, world, surfaces } = prepare(async (_name, payload, surface) => {
      const sts = new STSClient({
        ...configurationFor(account.endpoint),
        requestHandler: surface.requestHandler,
      });
      return { payload, now: surface.now(), who: (await sts.send(new GetCallerIdentityCommand({}))).Account };
    });

    await expect(account.invoke('plan-trust', { order: 1 })).resolves.toEqual({
      payload: { order: 1 },
      now: new Date(start),
      who: world.accountId,
    });
    expect(account.invocations).toBe(1);
    const [surface] = surfaces;
    expect(surface?.region).toBe('eu-central-1');
    await expect(surface?.connect('orders.example.com', 1433)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('keeps the certificates of its databases in a file, as long as it is open', async () => {
    const { account, surfaces } = prepare();
    await account.invoke('plan-trust', {});
    const [file = ''] = [...surfaces].map(({ certificateFile }) => certificateFile);

    expect(readFileSync(file, 'utf8')).toBe(account.sqlServers.certificatePem);
    await account.close();
    expect(existsSync(file)).toBe(false);
    await expect(account.close()).resolves.toBeUndefined();
  });

  it('shows every call to who is around', async () => {
    const seen: string[] = [];
    const { account } = prepare(undefined, (call, answer) => {
      seen.push(`${call.service}:${call.operation}`);
      return answer();
    });
    await new STSClient(configurationFor(account.endpoint)).send(new GetCallerIdentityCommand({}));

    expect(seen).toEqual(['sts:GetCallerIdentity']);
  });

  it('holds the time still while a function runs', async () => {
    const { account, world } = prepare(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return world.clock.now();
    });
    const sleeping = world.clock.sleep(1000);

    await expect(account.invoke('plan-trust', {})).resolves.toBe(start);
    await sleeping;
  });
});

describe('an execution that has ended', () => {
  it.each([
    ['SUCCEEDED', failing('none', 0), () => {}, { output: '"done"', error: null }],
    [
      'FAILED',
      failing('work', 9),
      () => {},
      { output: null, error: 'DatabaseFailed', cause: /did not work/ },
    ],
    [
      'ABORTED',
      failing('none', 0),
      (execution: Execution) => execution.stop('Enough', 'No more.'),
      { error: 'Enough' },
    ],
  ])('is concluded once: %s', async (status, run, change, more) => {
    const { account, world, begin, concluding } = prepare(run);
    const execution = begin();
    change(execution);
    await account.concluded(execution.arn);

    const { cause, ...detail } = { cause: /./, ...more };
    expect(concluding()).toMatchObject([
      {
        payload: {
          source: 'aws.states',
          'detail-type': 'Step Functions Execution Status Change',
          time: new Date(start).toISOString(),
          region: world.region,
          account: world.accountId,
          detail: { executionArn: execution.arn, name: 'one', status, input: '{"order":1}', ...detail },
        },
      },
    ]);
    if (status === 'FAILED')
      expect(concluding()).toMatchObject([{ payload: { detail: { cause: expect.stringMatching(cause) } } }]);
  });

  it('is concluded again after its redrive', async () => {
    const { account, begin, concluding } = prepare(failing('work', 1));
    const execution = begin();
    await account.concluded(execution.arn);
    execution.redrive();
    await account.concluded(execution.arn);

    expect(concluding()).toMatchObject([
      { payload: { detail: { status: 'FAILED' } } },
      { payload: { detail: { status: 'SUCCEEDED' } } },
    ]);
  });

  it('is concluded after the one that ended before it', async () => {
    let running = 0;
    let most = 0;
    const { account, begin, concluding } = prepare(async (name) => {
      if (name !== 'conclude') return null;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return null;
    });
    const [one, two] = [begin('one'), begin('two')];
    await Promise.all([account.concluded(one.arn), account.concluded(two.arn)]);
    await account.concluded(two.arn);

    expect([concluding().length, most]).toEqual([2, 1]);
  });
});

describe('a conclusion that fails', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is tried again after one minute, and after two more', async () => {
    const { account, begin, concluding } = prepare(failing('conclude', 2));
    await account.concluded(begin().arn);

    expect(concluding().map(({ at }) => at)).toEqual([0, 60, 180]);
    expect(new Set(concluding().map(({ payload }) => JSON.stringify(payload))).size).toBe(1);
  });

  it('is given up and told of after the third time, and the next one is concluded all the same', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { account, begin, concluding } = prepare(failing('conclude', 3));
    await account.concluded(begin('one').arn);
    await account.concluded(begin('two').arn);

    expect(concluding().map(({ at }) => at)).toEqual([0, 60, 180, 180]);
    expect(told.mock.calls).toEqual([
      ['conclude failed:', expect.objectContaining({ name: 'DatabaseFailed' })],
    ]);
  });
});
