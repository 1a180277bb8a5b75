import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare, trustId } from '../../support/planned-trust.ts';

describe('plan-trust, whatever is there,', () => {
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
});
