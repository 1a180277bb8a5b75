import { beforeEach, describe, expect, it } from 'vitest';
import type { TrustDirection } from '../../../../simulator/world/directories.ts';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { changed, example } from '../requests.ts';

const adopting = changed(example('no-database'), ['directory'], { directoryId: 'd-0123456789' });
const asked = { type: 'Forest', direction: 'One-Way: Outgoing' } as const;

/** A trust that the directory has already. */
const there = (type: 'Forest' | 'External', direction: TrustDirection, remoteDomainName: string) => ({
  trustId: 't-0123456789',
  remoteDomainName,
  direction,
  type,
  createdAt: 0,
  selectiveAuthentication: false,
  password: 'S3cret',
  state: 'Verified' as const,
  reason: null,
  changedAt: 0,
});

describe('a trust that is there', () => {
  let account: PreflightAccount;
  beforeEach(async () => {
    account = await preflightAccount(
      changed(adopting, ['trust'], { ...asked, selectiveAuthentication: false }),
    );
  });
  const add = (trust: ReturnType<typeof there>) => account.world.directories.all[0]?.trusts.push(trust);

  it('may be the one that is asked for', async () => {
    add(there(asked.type, asked.direction, 'corp.example.com'));

    expect(await account.findings()).toEqual([]);
  });

  it.each([
    ['Forest', 'Two-Way'],
    ['Forest', 'One-Way: Incoming'],
    ['External', 'One-Way: Outgoing'],
  ] as const)('is named where it is %s, %s', async (type, direction) => {
    add(there(type, direction, 'corp.example.com'));

    expect(await account.findings()).toEqual([
      {
        level: 'error',
        code: 'trust-differs',
        message: `The directory d-0123456789 has a trust with corp.example.com already, t-0123456789: ${type}, ${direction}. Asked for is Forest, One-Way: Outgoing, and neither can be changed. Correct the request's trust, or delete both halves of the one that is there.`,
      },
    ]);
  });

  it('is recognised however its domain is written', async () => {
    add(there('External', 'Two-Way', 'Corp.Example.COM.'));

    expect((await account.findings()).map(({ code }) => code)).toEqual(['trust-differs']);
  });

  it.each(['Deleting', 'Deleted'])('does not matter where it is %s', async (TrustState) => {
    add(there('External', 'Two-Way', 'corp.example.com'));
    account.altering('DescribeTrusts', { 'Trusts[0].TrustState': TrustState });

    expect(await account.findings()).toEqual([]);
  });

  it('does not matter where it is with another domain', async () => {
    add(there('External', 'Two-Way', 'other.example.com'));

    expect(await account.findings()).toEqual([]);
  });

  it('is looked for only among the trusts that AWS shows', async () => {
    account.altering('DescribeTrusts', { Trusts: undefined });
    expect(await account.findings()).toEqual([]);

    account.altering('DescribeTrusts', { Trusts: [{ TrustId: 't-0123456789' }] });
    expect(await account.findings()).toEqual([]);
  });
});
