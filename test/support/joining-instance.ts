import { joinDomain } from '../../functions/database/join-domain.ts';
import {
  databaseAccount,
  directoryId,
  existingDatabase,
  newDatabase,
  ownSettings,
  roleName,
} from './database-account.ts';

export const domain = { directoryId, roleName };
export const input = { database: newDatabase, directoryId };
export const allowed = { ...input, database: existingDatabase };
export const notAllowed = { ...input, database: { ...existingDatabase, allowInterruption: false } };
export const joined = { membership: 'joined', rebootOwed: false, rebooting: false };
export const rebooting = { ...joined, rebooting: true };
export const owed = { membership: 'owed', rebootOwed: true, rebooting: false };

/** An account with an instance that was asked to join after its creation. */
export const prepare = async () => {
  const account = await databaseAccount();
  const instance = account.databases.place(ownSettings, null);
  await account.ledger.making('instance', 'orders');
  await account.run(joinDomain, { ...input, failure: null });
  const reboots = () =>
    account.databases.events.filter(({ message }) => message === 'DB instance shutdown').length;
  account.calls.length = 0;
  return { account, instance, reboots };
};
