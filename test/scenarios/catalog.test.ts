import { describe, expect, it } from 'vitest';
import { watchSchedule } from '../../cli/local-account.ts';
import { applyBreak } from '../../simulator/world/breaks.ts';
import {
  type Catalog,
  catalogForTest,
  endsOf,
  form,
  loginsOf,
  minutesOf,
  stackOf,
} from '../support/catalog.ts';
import { ledgerOf } from '../support/world-snapshot.ts';

/** Whatever a mishap of CloudFormation's may be, the product is the same. */
const mishaps: Readonly<Record<string, (world: Catalog['world']) => void>> = {
  'none happens': () => {},
  'Lambda delivers every event twice': ({ stacks }) => {
    stacks.deliveries = 2;
  },
  'every ResponseURL fails once': ({ stacks }) => {
    stacks.urls.failures = 1;
  },
  'every ResponseURL fails for as long as a function tries': ({ stacks }) => {
    stacks.urls.failures = 3;
  },
};

describe('a product of the catalog', () => {
  it.each(Object.entries(mishaps))('is made, changed and terminated where %s', async (_what, befall) => {
    const { account, world, launch, update, terminate, status } = await catalogForTest();
    befall(world);

    const launched = await launch(form);

    expect(launched).toMatchObject({ status: 'SUCCEEDED', error: null });
    const { id } = launched.of;
    expect(endsOf(stackOf(launched))).toEqual([
      'CREATE_COMPLETE WaitHandle',
      'CREATE_COMPLETE Request',
      'CREATE_COMPLETE Done',
      'CREATE_COMPLETE Result',
      'CREATE_COMPLETE stack',
    ]);
    expect(Object.fromEntries(launched.outputs.map(({ key, value }) => [key, value]))).toEqual({
      RequestId: id,
      Endpoint: expect.stringMatching(/^orders\.\w+\.eu-central-1\.rds\.amazonaws\.com$/),
      Port: '1433',
      KerberosName: `orders.${id}.aws.example.com`,
    });
    expect(minutesOf(launched)).toBeGreaterThan(30);
    expect(await status(id)).toBe('AVAILABLE');
    expect(account.executions.all.map(({ standing }) => standing.status)).toEqual(['SUCCEEDED']);
    expect(world.topics.deliveries).toMatchObject([
      { to: { endpoint: 'databases@example.com' }, message: { subject: `Forestbridge: ${id} is done` } },
    ]);

    const updated = await update(id, { ...form, Logins: 'DBAdmins,Readers' });

    expect(updated).toMatchObject({ status: 'SUCCEEDED', error: null, outputs: launched.outputs });
    expect(loginsOf(account)).toEqual(['CORP\\DBAdmins', 'CORP\\Readers']);
    expect(await status(id)).toBe('AVAILABLE');

    const kept = await terminate(id);

    expect(kept).toMatchObject({ status: 'FAILED' });
    expect(kept.error).toMatch(
      /Request: .* cannot take down what the request pp-\w+ made: .*database instance orders/,
    );
    expect(await status(id)).toBe('TAINTED');
    expect(await terminate(id, true)).toMatchObject({ status: 'SUCCEEDED' });
    await expect(status(id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('that fails says why, and its stack is rolled back while what was made stays', async () => {
    const { account, world, launch, terminate, status } = await catalogForTest();
    applyBreak(world, 'port-389');

    const launched = await launch(form);

    const { id } = launched.of;
    expect(launched).toMatchObject({ status: 'FAILED', outputs: [] });
    expect(launched.error).toMatch(
      new RegExp(
        `^Done: WaitCondition received failed message: 'The request ${id} failed at "Check domain controller again" .* TCP 389 \\(LDAP\\).*' for uniqueId: ${id}-`,
      ),
    );
    expect(launched.error?.length).toBeLessThan(1200);
    expect(stackOf(launched).status).toBe('ROLLBACK_COMPLETE');
    expect(endsOf(stackOf(launched)).slice(-5)).toEqual([
      'CREATE_FAILED Done',
      'DELETE_COMPLETE Done',
      'DELETE_COMPLETE Request',
      'DELETE_COMPLETE WaitHandle',
      'ROLLBACK_COMPLETE stack',
    ]);
    expect(await status(id)).toBe('ERROR');
    expect(account.world.directories.all).toMatchObject([{ name: `${id}.aws.example.com`, stage: 'Active' }]);

    expect(await terminate(id)).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(account.world.directories.all).toHaveLength(1);
    expect(account.executions.all).toHaveLength(1);
  });

  it('is found by the schedule, which has its trust verified', async () => {
    const { account, world, launch } = await catalogForTest();
    const { id } = (await launch(form)).of;
    const told = world.topics.deliveries.length;
    world.schedules.enable(watchSchedule);

    await world.clock.sleep(2 * 60 * 60_000);
    const watch = account.executions.all.find(({ of }) => of.name === 'forestbridge-check-trusts');
    await account.executions.ended(watch?.arn ?? '');

    expect(watch?.standing).toMatchObject({ status: 'SUCCEEDED' });
    expect((await ledgerOf(account)).filter(({ item }) => item?.startsWith('trust#'))).toMatchObject([
      { requestId: id, state: 'Verified' },
    ]);
    expect(world.topics.deliveries).toHaveLength(told);
  });
});
