import { describe, expect, it } from 'vitest';
import type { TrustDirection } from '../../../simulator/world/directories.ts';
import {
  bidirectional,
  inbound,
  ours,
  outbound,
  prepare,
  type There,
  twoWay,
} from '../../support/planned-trust.ts';
import { outgoing } from '../../support/trust-account.ts';

describe('plan-trust, in a conflict,', () => {
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
});
