import { reportAccount } from './report-account.ts';

export const execution = 'arn:aws:states:eu-west-1:123456789012:execution:provision:orders-1';
export const later = 'arn:aws:states:eu-west-1:123456789012:execution:provision:orders-2';
export const at = '2026-01-01T00:00:00.000Z';

/** An account with the ledger of an execution, which is empty. */
export const prepare = async () => {
  const account = await reportAccount({ Done: { Type: 'Succeed' } });
  return { ...account, ledger: account.ledgerOf(execution) };
};
