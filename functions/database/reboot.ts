import { type RDSClient, RebootDBInstanceCommand } from '@aws-sdk/client-rds';
import type { Ledger } from '../support/ledger.ts';
import { eventsSince } from './events.ts';
import { rebootOf } from './membership.ts';
import { throwBusy } from './status.ts';

interface Tools {
  readonly rds: RDSClient;
  readonly ledger: Ledger;
  readonly now: () => Date;
}

/**
 * Reboots an available instance once after its join, and says whether it has just begun; the ledger remembers it, also
 * where the answer was lost.
 */
export const rebootOnce = async ({ rds, ledger, now }: Tools, identifier: string): Promise<boolean> => {
  const key = rebootOf(identifier);
  const entry = await ledger.find('membership', key);
  if (entry?.id !== undefined) return false;
  const restarted =
    entry !== undefined &&
    (await eventsSince(rds, identifier, new Date(entry.at), now())).some((text) =>
      /\brestarted\b/i.test(text),
    );
  if (!restarted) {
    await ledger.making('membership', key);
    await rds
      .send(new RebootDBInstanceCommand({ DBInstanceIdentifier: identifier }))
      .catch(throwBusy(identifier));
  }
  await ledger.made('membership', key, now().toISOString());
  return !restarted;
};
