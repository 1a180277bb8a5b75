import type { DatabaseAccount } from './database-account.ts';

/** What keep-secrets is given, and the name of the secret that it then keeps. */
export const input = { secret: 'trust', renew: false, tags: { team: 'orders' } };
export const renewing = { ...input, renew: true };
export const name = 'forestbridge/orders/trust';

/** The secret of that name, and what it holds. */
export const secretOf = (account: DatabaseAccount, given = name) => {
  const secret = account.secrets.find(given);
  if (secret === undefined) throw new RangeError(`There is no secret ${given}.`);
  const value: unknown = JSON.parse(secret.versions.at(-1)?.value ?? 'null');
  return { secret, value };
};
