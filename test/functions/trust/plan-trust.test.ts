import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planTrust } from '../../../functions/trust/plan-trust.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { Trust, TrustDirection, TrustState } from '../../../simulator/world/directories.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import {
  directoryId,
  directoryName,
  domainName,
  onPremises,
  outgoing,
  owner,
  trustAccount,
} from '../../support/trust-account.ts';

const trustId = 't-1234567890';
const inbound = { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false };
const twoWay = { ...outgoing, direction: 'Two-Way' };
const incoming = { ...outgoing, direction: 'One-Way: Incoming' };
const bidirectional = { ...inbound, direction: 'Bidirectional' };
const outbound = { ...inbound, direction: 'Outbound' };

const makeBoth = { onPremises: 'create', inAws: 'create', newPassword: true, trustId: null };
const keepBoth = { onPremises: 'keep', inAws: 'keep', newPassword: false, trustId };
const repair = { onPremises: 'reset', inAws: 'recreate', newPassword: true, trustId };

interface There {
  /** AWS's half. */
  readonly inAws?: Partial<Trust>;
  readonly oursInAws?: boolean;
  readonly half?: object;
  readonly oursOnPremises?: boolean;
}

/** An account with these halves, and a plan for them. */
const prepare = async ({ inAws, oursInAws = false, half, oursOnPremises = false }: There) => {
  const account = await trustAccount();
  if (inAws !== undefined)
    account.directory.trusts.push({
      ...outgoing,
      trustId,
      remoteDomainName: domainName,
      createdAt: 0,
      changedAt: 0,
      password: 'secret',
      state: 'Verified',
      reason: null,
      ...inAws,
    });
  if (oursInAws) {
    await account.ledger.making('half-in-aws', `${directoryId}/${domainName}`);
    await account.ledger.made('half-in-aws', `${directoryId}/${domainName}`, trustId);
  }
  if (oursOnPremises) await account.ledger.making('half-on-premises', directoryName);
  const plan = (trust: object = outgoing): Promise<unknown> =>
    account.run(planTrust, {
      directory: { directoryId, name: directoryName },
      onPremises,
      trust,
      half: half ?? null,
    });
  account.disturb();
  return { account, plan };
};

const ours = { oursInAws: true, oursOnPremises: true };

describe('plan-trust', () => {
  it.each<[string, There, object, object]>([
    ['there is none', {}, outgoing, makeBoth],
    ['the ledger knows of halves that are gone', ours, outgoing, makeBoth],
    [
      'only ours is on premises',
      { half: inbound, oursOnPremises: true },
      outgoing,
      { onPremises: 'reset', inAws: 'create', newPassword: true, trustId: null },
    ],
    [
      'only ours is in AWS',
      { inAws: {}, oursInAws: true },
      outgoing,
      { onPremises: 'create', inAws: 'recreate', newPassword: true, trustId },
    ],
    ['both are ours and verified', { inAws: {}, half: inbound, ...ours }, outgoing, keepBoth],
    ['both are verified and of others', { inAws: {}, half: inbound }, outgoing, keepBoth],
    ['both are verified, one of others', { inAws: {}, half: inbound, oursInAws: true }, outgoing, keepBoth],
    [
      'an incoming trust has got as far as it can',
      { inAws: { direction: 'One-Way: Incoming', state: 'Created' }, half: outbound },
      incoming,
      keepBoth,
    ],
    ['both ways are verified', { inAws: { direction: 'Two-Way' }, half: bidirectional }, twoWay, keepBoth],
    [
      'an external trust is verified',
      { inAws: { type: 'External' }, half: { ...inbound, type: 'External' } },
      { ...outgoing, type: 'External' },
      keepBoth,
    ],
    [
      'both authenticate selectively',
      {
        inAws: { direction: 'Two-Way', selectiveAuthentication: true },
        half: { ...bidirectional, selectiveAuthentication: true },
      },
      { ...twoWay, selectiveAuthentication: true },
      keepBoth,
    ],
    [
      'only who trusts can authenticate selectively',
      { inAws: { selectiveAuthentication: true }, half: inbound },
      { ...outgoing, selectiveAuthentication: true },
      keepBoth,
    ],
    [
      'only who trusts can, on the other side',
      {
        inAws: { direction: 'One-Way: Incoming', state: 'Created' },
        half: { ...outbound, selectiveAuthentication: true },
      },
      { ...incoming, selectiveAuthentication: true },
      keepBoth,
    ],
  ])('decides where %s', async (_which, there, trust, expected) => {
    const { plan } = await prepare(there);

    await expect(plan(trust)).resolves.toEqual(expected);
  });

  it.each<TrustState>(['Created', 'VerifyFailed', 'Failed'])(
    'repairs both of ours once AWS has it as %s',
    async (state) => {
      const { plan } = await prepare({ inAws: { state }, half: inbound, ...ours });

      await expect(plan()).resolves.toEqual(repair);
    },
  );

  it('repairs with the authentication that is asked for', async () => {
    const { plan } = await prepare({ inAws: { state: 'VerifyFailed' }, half: inbound, ...ours });

    await expect(plan({ ...outgoing, selectiveAuthentication: true })).resolves.toEqual(repair);
  });

  it('takes a half for ours whose answer was lost, and for another’s what the ledger calls otherwise', async () => {
    const key = `${directoryId}/${domainName}`;
    const { plan, account } = await prepare({ inAws: { state: 'VerifyFailed' } });
    await account.ledger.making('half-in-aws', key);

    await expect(plan()).resolves.toMatchObject({ inAws: 'recreate' });

    await account.ledger.made('half-in-aws', key, 't-0000000000');
    await expect(plan()).rejects.toMatchObject({ name: 'Conflict' });
  });

  it.each<TrustState>(['Creating', 'Verifying', 'Updating', 'Deleting'])(
    'waits while AWS has it as %s, whoever made it',
    async (state) => {
      const { plan } = await prepare({ inAws: { state }, half: inbound });

      await expect(plan()).rejects.toMatchObject({
        name: 'NotReady',
        message: `The trust ${trustId} with ${domainName} is ${state}.`,
      });
    },
  );

  it.each<[string, There, object, RegExp]>([
    [
      'AWS’s half is of another direction',
      { inAws: { direction: 'Two-Way' }, half: inbound, ...ours },
      outgoing,
      /in the directory d-1234567890, as t-1234567890 and is Forest, Two-Way instead of Forest, One-Way: Outgoing/,
    ],
    [
      'AWS’s half is of another type',
      { inAws: { type: 'External' }, ...ours },
      outgoing,
      /is External, One-Way: Outgoing instead of Forest, One-Way: Outgoing/,
    ],
    [
      'the company’s half is of another direction',
      { half: outbound, ...ours },
      outgoing,
      /in corp\.example\.com, toward aws\.example\.com and is Forest, Outbound instead of Forest, Inbound/,
    ],
    [
      'the company’s half is of another type',
      { inAws: {}, half: { ...inbound, type: 'External' } },
      outgoing,
      /is External, Inbound instead of Forest, Inbound\. Neither type nor direction/,
    ],
    [
      'AWS’s half authenticates selectively',
      { inAws: { selectiveAuthentication: true }, half: inbound, ...ours },
      outgoing,
      /stands, and in the directory d-1234567890.*selective authentication is not as asked for/,
    ],
    [
      'the company’s half does not',
      { inAws: { direction: 'Two-Way', selectiveAuthentication: true }, half: bidirectional, ...ours },
      { ...twoWay, selectiveAuthentication: true },
      /stands, and in corp\.example\.com/,
    ],
    [
      'only AWS has a half, of others',
      { inAws: {}, oursOnPremises: true },
      outgoing,
      /in the directory.*did not make that half, and the other half is missing.*delete it there, then redrive the execution/,
    ],
    [
      'only the company has a half, of others',
      { half: inbound, oursInAws: true },
      outgoing,
      /in corp\.example\.com.*the other half is missing/,
    ],
    [
      'they do not fit and AWS’s is of others',
      { inAws: { state: 'VerifyFailed' }, half: inbound, oursOnPremises: true },
      outgoing,
      /in the directory.*AWS has it as VerifyFailed/,
    ],
    [
      'they do not fit and the company’s is of others',
      { inAws: { state: 'VerifyFailed' }, half: inbound, oursInAws: true },
      outgoing,
      /in corp\.example\.com.*AWS has it as VerifyFailed/,
    ],
  ])('touches nothing where %s', async (_which, there, trust, message) => {
    const { plan } = await prepare(there);

    await expect(plan(trust)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringMatching(message),
    });
  });

  it.each<TrustDirection>(['One-Way: Outgoing', 'Two-Way'])(
    'does not take Created for verified: %s',
    async (direction) => {
      const half = direction === 'Two-Way' ? bidirectional : inbound;
      const { plan } = await prepare({ inAws: { direction, state: 'Created' }, half });

      await expect(plan({ ...outgoing, direction })).rejects.toMatchObject({ name: 'Conflict' });
    },
  );

  it.each([
    ['Updated', keepBoth],
    ['Created', keepBoth],
    ['Verified', keepBoth],
  ])('takes an incoming trust that is %s for standing', async (TrustState, expected) => {
    const { plan, account } = await prepare({ half: outbound });
    account.answering('DescribeTrusts', {
      Trusts: [
        {
          TrustId: trustId,
          RemoteDomainName: `${domainName.toUpperCase()}.`,
          TrustType: 'Forest',
          TrustDirection: 'One-Way: Incoming',
          TrustState,
        },
      ],
    });

    await expect(plan(incoming)).resolves.toEqual(expected);
  });

  it.each([
    [{}, makeBoth],
    [{ Trusts: [] }, makeBoth],
    [
      { Trusts: [{ TrustId: trustId, RemoteDomainName: 'other.example.com', TrustState: 'Creating' }] },
      makeBoth,
    ],
    [{ Trusts: [{ TrustId: trustId, RemoteDomainName: domainName, TrustState: 'Deleted' }] }, makeBoth],
    [{ Trusts: [{ TrustId: trustId }] }, makeBoth],
  ])('sees no half in %j', async (given, expected) => {
    const { plan, account } = await prepare({});
    account.answering('DescribeTrusts', given);

    await expect(plan()).resolves.toEqual(expected);
  });

  it.each([
    [{ TrustDirection: 'One-Way: Outgoing', TrustState: undefined }, 'NotReady', /without a state/],
    [{ TrustDirection: undefined, TrustState: 'Created' }, 'Conflict', /is Forest, {2}instead/],
  ])('does not guess where AWS leaves something out: %j', async (given, name, message) => {
    const { plan, account } = await prepare({});
    account.answering('DescribeTrusts', {
      Trusts: [{ TrustId: trustId, RemoteDomainName: domainName, ...given }],
    });

    await expect(plan()).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  describe('where another execution makes the trust', () => {
    const other = owner.execution.replace('orders', 'books');
    const between = { requestId: `trust#${directoryId}/${domainName}`, execution: other };

    it.each([
      ['one half is there', { half: inbound }],
      ['none is', {}],
      ['they do not fit yet', { inAws: { state: 'Created' }, half: inbound }],
    ] as const)('refuses while that one is under way: %s', async (_which, there) => {
      const { plan, account } = await prepare(there);
      await account.claimOf(between).take(null, new Date());
      account.answering('DescribeExecution', { status: 'RUNNING' });

      await expect(plan()).rejects.toMatchObject({
        name: 'Conflict',
        message: expect.stringMatching(
          /between corp\.example\.com and aws\.example\.com is being made by another execution, arn:\S+books\S+\. Wait until the trust is verified or that execution has ended, then redrive/,
        ),
      });
    });

    it('keeps what that one has made already', async () => {
      const { plan, account } = await prepare({ inAws: {}, half: inbound });
      await account.claimOf(between).take(null, new Date());
      account.answering('DescribeExecution', { status: 'RUNNING' });

      await expect(plan()).resolves.toEqual(keepBoth);
    });

    it('goes on once that one has ended', async () => {
      const { plan, account } = await prepare({});
      await account.claimOf(between).take(null, new Date());

      await expect(plan()).resolves.toEqual(makeBoth);

      await expect(account.claimOf(between).holder()).resolves.toBe(owner.execution);
    });
  });

  it('reads every page of the trusts', async () => {
    const { plan, account } = await prepare({
      inAws: { remoteDomainName: 'other.example.com' },
      half: inbound,
    });
    account.directory.trusts.push({
      ...outgoing,
      trustId: 't-2222222222',
      remoteDomainName: domainName,
      createdAt: 0,
      changedAt: 0,
      password: 'secret',
      state: 'Verified',
      reason: null,
    });
    account.disturb((call, answer) => {
      if (call.operation === 'DescribeTrusts') Object.assign(Object(call.input), { Limit: 1 });
      return answer();
    });

    await expect(plan()).resolves.toEqual({ ...keepBoth, trustId: 't-2222222222' });
  });

  it('fails where the directory is gone', async () => {
    const { plan, account } = await prepare({});
    account.answering('DescribeTrusts', new ServiceError('EntityDoesNotExistException', 'No directory.'));

    await expect(plan()).rejects.toMatchObject({
      name: 'TrustFailed',
      message: expect.stringMatching('No directory.'),
    });
  });

  it('writes no more than its claim, never keeps what does not fit, and makes no password for what is kept', async () => {
    const states = ['Created', 'Verified', 'VerifyFailed', 'Failed', 'Creating'] as const;
    const kind = {
      type: fc.constantFrom('Forest', 'Forest', 'Forest', 'External'),
      selectiveAuthentication: fc.boolean(),
    } as const;
    const inAws = fc.record({
      ...kind,
      state: fc.constantFrom(...states),
      direction: fc.constantFrom('One-Way: Outgoing', 'One-Way: Outgoing', 'Two-Way'),
    });
    const half = fc.record({ ...kind, direction: fc.constantFrom('Inbound', 'Inbound', 'Bidirectional') });
    const there = fc.record(
      { inAws, half, oursInAws: fc.boolean(), oursOnPremises: fc.boolean() },
      { requiredKeys: ['oursInAws', 'oursOnPremises'] },
    );
    await fc.assert(
      fc.asyncProperty(there, async (given) => {
        const { plan, account } = await prepare(given);
        const decided = await plan().catch((error: unknown) => error);
        if (decided instanceof Error) {
          expect(['Conflict', 'NotReady']).toContain(decided.name);
          return;
        }
        const writes = account.calls.filter((call) => !/DescribeTrusts|GetItem/.test(call));
        const kept = given.inAws?.state === 'Verified' && given.half !== undefined;
        expect(writes).toEqual(kept ? [] : ['dynamodb:PutItem']);
        expect(decided).toEqual({
          onPremises: kept ? 'keep' : given.half === undefined ? 'create' : 'reset',
          inAws: kept ? 'keep' : given.inAws === undefined ? 'create' : 'recreate',
          newPassword: !kept,
          trustId: given.inAws === undefined ? null : trustId,
        });
        if (given.inAws !== undefined)
          expect(given.inAws).toMatchObject({ type: 'Forest', direction: 'One-Way: Outgoing' });
        if (given.half !== undefined)
          expect(given.half).toMatchObject({ type: 'Forest', direction: 'Inbound' });
        if (!kept) {
          expect(given.inAws === undefined || given.oursInAws).toBe(true);
          expect(given.half === undefined || given.oursOnPremises).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(Object.entries(mishaps))('decides the same at %s, wherever it happens', async (_name, mishap) => {
    for (const position of [0, 1, 2, 3, 4, 5]) {
      const { account } = await prepare({ inAws: { state: 'VerifyFailed' }, half: inbound, ...ours });
      account.disturb(at(position, mishap));
      await expect(
        account.settle(planTrust, {
          directory: { directoryId, name: directoryName },
          onPremises,
          trust: outgoing,
          half: inbound,
        }),
      ).resolves.toEqual(repair);
    }
  });
});
