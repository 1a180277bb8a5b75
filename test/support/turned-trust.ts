import type { Trust, TrustState } from '../../simulator/world/directories.ts';
import { trustId, watch, watchAccount } from './watch-account.ts';

/** What report-trust is given. */
export const input = { requestId: 'orders', trustId, execution: watch, failure: null };

/** An account in which people heard of one state, and AWS has the trust in another one half an hour later. */
export const turned = async (was: string, is: TrustState | 'gone', difference: Partial<Trust> = {}) => {
  const account = await watchAccount(difference);
  const { trust, clock, directory } = account;
  await account.keep('orders', `trust#${trustId}`, { state: was });
  await clock.sleep(1_800_000);
  if (is === 'gone') directory.trusts.length = 0;
  else Object.assign(trust, { state: is, changedAt: clock.now() });
  await clock.sleep(60_000);
  account.disturb();
  return account;
};

/** The state that the ledger has, which people heard of last. */
export const stateOf = async ({ item }: Awaited<ReturnType<typeof watchAccount>>) =>
  (await item(`trust#${trustId}`))?.['state']?.S;
