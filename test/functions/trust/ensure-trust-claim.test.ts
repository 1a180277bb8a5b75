import { describe, expect, it } from 'vitest';
import { ensureTrust } from '../../../functions/trust/ensure-trust.ts';
import { key, prepare, prepareRepair } from '../../support/half-in-aws.ts';
import { directoryId, domainName, owner } from '../../support/trust-account.ts';

describe('ensure-trust, by who holds the trust,', () => {
  it.each([
    ['makes', prepare],
    ['deletes', prepareRepair],
  ])('%s nothing once another execution makes the trust', async (_what, preparing) => {
    const { account, directory, input } = await preparing();
    const before = directory.trusts.map(({ state }) => state);
    const another = { requestId: `trust#${key}`, execution: `${owner.execution}-2` };
    await account.claimOf(another).take(owner.execution, new Date());

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(
        `between ${domainName} and ${directoryId} was carried on by ${another.execution}`,
      ),
    });

    expect(directory.trusts.map(({ state }) => state)).toEqual(before);
  });

  it('makes nothing where nobody holds the trust', async () => {
    const { account, directory, input } = await prepare();
    await account.claimOf({ ...owner, requestId: `trust#${key}` }).release();

    await expect(account.run(ensureTrust, input)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining('was carried on by another execution'),
    });

    expect(directory.trusts).toEqual([]);
  });
});
