import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../functions/request/schema.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { applyBreak } from '../../simulator/world/breaks.ts';
import { requestNamed } from '../support/provisioning.ts';
import { definition } from '../support/state-machines.ts';
import { hours, request, watched } from '../support/watched-trusts.ts';

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
});
