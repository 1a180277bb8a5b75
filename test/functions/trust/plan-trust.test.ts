import { describe, expect, it } from 'vitest';
import { planTrust } from '../../../functions/trust/plan-trust.ts';
import type { TrustState } from '../../../simulator/world/directories.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import {
  bidirectional,
  inbound,
  incoming,
  keepBoth,
  makeBoth,
  ours,
  outbound,
  prepare,
  repair,
  type There,
  trustId,
  twoWay,
} from '../../support/planned-trust.ts';
import { directoryId, directoryName, domainName, onPremises, outgoing } from '../../support/trust-account.ts';

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
