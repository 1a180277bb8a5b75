import { describe, expect, it } from 'vitest';
import { publishResult } from '../../../functions/report/publish-result.ts';
import { input, owner, prepare } from '../../support/published-result.ts';

describe('publish-result, as to the logins,', () => {
  it('completes the entries of the logins that were made, and strikes out those that had been there', async () => {
    const account = await prepare();
    const ledger = account.ledgerOf(owner.execution);
    for (const name of ['DBAdmins', 'App', 'Reports']) await ledger.making('login', `orders/CORP\\${name}`);

    await account.run(publishResult, {
      ...input,
      logins: ['CORP\\DBAdmins', 'CORP\\App', 'CORP\\Reports'],
      created: ['CORP\\DBAdmins', 'CORP\\App'],
    });

    const { execution } = owner;
    const written = { execution, at: '2026-01-01T00:00:00.000Z' };
    expect(await ledger.all()).toEqual([
      { ...written, item: 'made#login#orders/CORP\\App', id: 'CORP\\App' },
      { ...written, item: 'made#login#orders/CORP\\DBAdmins', id: 'CORP\\DBAdmins' },
    ]);
  });

  it('keeps the entry of a login that was made before', async () => {
    const account = await prepare();
    const ledger = account.ledgerOf('an earlier execution');
    await ledger.making('login', 'orders/CORP\\DBAdmins');
    await ledger.made('login', 'orders/CORP\\DBAdmins', 'CORP\\DBAdmins');
    const before = await ledger.all();
    account.disturb((_call, answer) => answer());

    await account.run(publishResult, { ...input, created: ['CORP\\DBAdmins'] });

    expect(account.calls).not.toContain('dynamodb:UpdateItem');
    expect(await ledger.all()).toEqual(before);
  });
});
