import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import type { TrustState } from '../../../simulator/world/directories.ts';
import {
  inbound,
  incoming,
  keepBoth,
  makeBoth,
  outbound,
  prepare,
  trustId,
} from '../../support/planned-trust.ts';
import { domainName, outgoing } from '../../support/trust-account.ts';

describe('plan-trust, by what AWS shows,', () => {
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

  it.each(['Updated', 'Created', 'Verified'])(
    'takes an incoming trust that is %s for standing',
    async (TrustState) => {
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

      await expect(plan(incoming)).resolves.toEqual(keepBoth);
    },
  );

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
});
