import { DeleteTrustCommand, DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { operatorConfiguration, watchSchedule } from '../../cli/local-account.ts';
import { parseRequest } from '../../functions/request/schema.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { applyBreak, type BreakName, mendBreak } from '../../simulator/world/breaks.ts';
import { type Deployment, deployedForTest, requestNamed } from '../support/provisioning.ts';
import { definition } from '../support/state-machines.ts';
import { ledgerOf } from '../support/world-snapshot.ts';

const hours = (count: number): number => count * 3_600_000;

const watchesOf = ({ account }: Deployment): readonly Execution[] =>
  account.executions.all.filter(({ of }) => of.name === 'forestbridge-check-trusts').toReversed();

/** An account in which those requests were carried out, and whose trusts are checked every day from now on. */
const watched = async (...requests: readonly object[]) => {
  const deployment = await deployedForTest(...requests);
  const { world, account } = deployment;
  for (const request of requests) {
    const { standing } = await deployment.run(request);
    expect(standing).toMatchObject({ status: 'SUCCEEDED' });
  }
  const messages = () => world.topics.all.flatMap(({ messages }) => messages);
  const provisioned = messages().length;
  const calls: string[] = [];
  deployment.disturb((call, answer) => {
    calls.push(call.operation);
    return answer();
  });
  world.schedules.enable(watchSchedule);
  return {
    ...deployment,
    calls,
    /** What people were told since the schedule began. */
    told: () => messages().slice(provisioned),
    /** One check and no more. */
    nextCheck: async (): Promise<Execution> => {
      const before = watchesOf(deployment).length;
      await world.clock.sleep(before === 0 ? hours(2) : hours(24));
      const [watch, ...more] = watchesOf(deployment).slice(before);
      expect(more).toEqual([]);
      if (watch === undefined) throw new Error('Nothing was checked.');
      await account.executions.ended(watch.arn);
      return watch;
    },
    /** The states that the ledger has of the trusts. */
    known: async () =>
      (await ledgerOf(account)).flatMap(({ item, state }) => (item?.startsWith('trust#') ? [state] : [])),
  };
};

const request = requestNamed('no-database');

describe('the watch over the trusts', () => {
  it('has AWS verify a trust every day, and tells nobody where nothing differs', async () => {
    const { nextCheck, told, calls, known } = await watched(request);

    for (const day of [1, 2, 3]) {
      expect((await nextCheck()).standing).toMatchObject({ status: 'SUCCEEDED' });
      expect(calls.filter((call) => call === 'VerifyTrust')).toHaveLength(day);
    }

    expect(told()).toEqual([]);
    expect(await known()).toEqual(['Verified']);
  });

  it.each<[BreakName, RegExp]>([
    ['port-389', /could not be contacted\. Name: corp\.example\.com\. Usually the directory does not reach/],
    ['half-on-premises', /AWS: Access is denied\. Usually .*the half on premises is missing/],
  ])('tells once of %s, with the cause, and once that it is mended', async (name, cause) => {
    const { world, nextCheck, told, known } = await watched(request);
    const [trust] = world.directories.all.flatMap(({ trusts }) => trusts);
    const standings: string[] = [];
    const check = async () => standings.push((await nextCheck()).standing.status);
    await check();

    applyBreak(world, name);
    await check();
    await check();

    expect(told()).toMatchObject([
      { subject: 'Forestbridge: the trust with corp.example.com is VerifyFailed' },
    ]);
    expect(told()[0]?.body).toMatch(
      new RegExp(
        `^The trust ${trust?.trustId} of the directory d-\\w+ with corp\\.example\\.com, made for the request directory-only, was Verified and is VerifyFailed since 2026-01-\\d\\dT\\S+Z\\.\n`,
      ),
    );
    expect(told()[0]?.body).toMatch(cause);
    expect(await known()).toEqual(['VerifyFailed']);

    mendBreak(world, name);
    await check();
    await check();

    expect(told().slice(1)).toMatchObject([
      {
        subject: 'Forestbridge: the trust with corp.example.com is Verified',
        body: expect.stringContaining('was VerifyFailed and is Verified since'),
      },
    ]);
    expect(await known()).toEqual(['Verified']);
    expect(standings).toEqual(Array.from({ length: 5 }, () => 'SUCCEEDED'));
  });

  it('never has AWS verify an incoming trust', async () => {
    const { world, nextCheck, told, calls, known } = await watched(requestNamed('incoming-without-database'));
    expect((await nextCheck()).standing).toMatchObject({ status: 'SUCCEEDED' });
    expect(told()).toEqual([]);

    const [trust] = world.directories.all.flatMap(({ trusts }) => trusts);
    if (trust !== undefined) trust.state = 'Failed';
    await nextCheck();
    await nextCheck();

    expect(told()).toMatchObject([{ subject: 'Forestbridge: the trust with corp.example.com is Failed' }]);
    expect(await known()).toEqual(['Failed']);
    expect(calls).toContain('DescribeTrusts');
    expect(calls).not.toContain('VerifyTrust');
  });

  it('tells once of a trust that somebody has deleted', async () => {
    const { account, world, nextCheck, told, known, calls } = await watched(request);
    await nextCheck();
    const [TrustId] = world.directories.all.flatMap(({ trusts }) => trusts.map(({ trustId }) => trustId));
    await new DirectoryServiceClient(operatorConfiguration(account)).send(
      new DeleteTrustCommand({ TrustId }),
    );
    calls.length = 0;

    const days = [await nextCheck(), await nextCheck(), await nextCheck()];
    expect(days.map(({ standing }) => standing.status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);

    expect(told()).toMatchObject([
      {
        subject: 'Forestbridge: the trust with corp.example.com is gone',
        body: expect.stringContaining(
          `The trust ${TrustId} of the directory aws.example.com with corp.example.com, made for the request directory-only, was Verified and is gone.\nNobody logs in`,
        ),
      },
    ]);
    expect(await known()).toEqual(['Deleted']);
    expect(calls).not.toContain('VerifyTrust');
  });

  it('says nothing of a trust that a repair has made anew', async () => {
    const { world, run, nextCheck, told, known } = await watched(request);
    await nextCheck();
    const [before] = world.directories.all.flatMap(({ trusts }) => trusts);
    if (before !== undefined) before.state = 'VerifyFailed';
    for (const half of world.forests[0]?.halves.values() ?? []) half.password = 'Chosen-by-hand-1';
    await run(request);
    const repaired = told().length;
    const [after] = world.directories.all.flatMap(({ trusts }) => trusts);
    expect(after?.trustId).not.toBe(before?.trustId);

    await nextCheck();

    expect(told()).toHaveLength(repaired);
    expect(new Set(await known())).toEqual(new Set(['Deleted', 'Verified']));
  });

  it('leaves a trust alone while an execution of its request is at work', async () => {
    const { account, world, nextCheck, told, calls } = await watched(request);
    const { arn: execution } = account.executions.start(
      account.executions.register(
        'forestbridge-provision',
        definition({ Rest: { Type: 'Wait', Seconds: hours(30) / 1000, End: true } }),
        'arn:aws:iam::111122223333:role/forestbridge-provision',
      ),
      'at-work',
      {},
    );
    const normalised = parseRequest(request);
    const owner = { requestId: normalised.requestId, execution };
    await account.invoke('claim-request', { owner, request: normalised });
    applyBreak(world, 'port-389');
    calls.length = 0;

    await nextCheck();
    await nextCheck();
    expect(calls).not.toContain('VerifyTrust');
    expect(told()).toEqual([]);

    await account.executions.ended(execution);
    await nextCheck();
    expect(told().filter(({ subject }) => subject?.includes('the trust with'))).toMatchObject([
      { subject: expect.stringContaining('is VerifyFailed') },
    ]);
  });

  it.each([
    ['AccessDeniedException', 'Forbidden', 'AWS denied a call: No.'],
    ['UnsupportedOperationException', 'TrustFailed', 'UnsupportedOperationException: No.'],
    ['ThrottlingException', 'Throttled', 'ThrottlingException: No.'],
  ])(
    'checks all other trusts where one cannot be checked (%s), and then fails',
    async (code, error, message) => {
      const other = {
        ...request,
        requestId: 'another',
        directory: { ...Object(request['directory']), name: 'cloud.example.com', shortName: 'CLOUD' },
      };
      const { world, disturb, nextCheck, told } = await watched(request, other);
      await nextCheck();
      const trusts = world.directories.all.flatMap(({ trusts }) => trusts);
      const [unreachable = '', broken = ''] = trusts.map(({ trustId }) => trustId).toSorted();
      applyBreak(world, 'port-389');
      disturb((call, answer) =>
        call.operation === 'VerifyTrust' && JSON.stringify(call.input).includes(unreachable)
          ? Promise.reject(new ServiceError(code, 'No.'))
          : answer(),
      );

      const { standing } = await nextCheck();

      expect(told()).toMatchObject([
        { body: expect.stringMatching(new RegExp(`^The trust ${broken} .* is VerifyFailed`)) },
      ]);
      expect(standing).toMatchObject({ status: 'FAILED', error: 'TrustFailed' });
      expect(standing.cause).toMatch(
        new RegExp(`^These trusts could not be checked: ${unreachable} \\(${error}: `),
      );
      expect(standing.cause).toContain(message);
      expect(standing.cause).not.toContain(broken);
    },
  );

  it('that may not start what it is to start is kept as a dead letter', async () => {
    const { world } = await deployedForTest(request);
    const { schedules, clock } = world;
    const schedule = schedules.find(watchSchedule);
    if (schedule === undefined) throw new Error('There is no schedule.');
    const target = { ...schedule.target, arn: `${schedule.target.arn}-of-old` };

    schedules.schedule({ ...schedule, target, state: 'ENABLED' });
    await clock.sleep(hours(4));

    expect(schedules.deadLetters).toMatchObject([
      { target, error: 'AccessDeniedException', message: expect.stringContaining(target.arn) },
    ]);
  });

  it('does not begin by itself, nor keeps the time going', async () => {
    const deployment = await deployedForTest(request);
    await deployment.run(request);
    await deployment.world.clock.sleep(hours(48));
    expect(watchesOf(deployment)).toEqual([]);

    deployment.world.schedules.enable(watchSchedule);
    const now = deployment.world.clock.now();
    await new Promise((resolve) => setImmediate(resolve));
    expect(deployment.world.clock.now()).toBe(now);
  });
});
