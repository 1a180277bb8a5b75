import { DeleteTrustCommand, DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { describe, expect, it } from 'vitest';
import { operatorConfiguration } from '../../cli/local-account.ts';
import { applyBreak, type BreakName, mendBreak } from '../../simulator/world/breaks.ts';
import { request, watched } from '../support/watched-trusts.ts';

describe('the watch over the trusts, as to what people are told,', () => {
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
});
