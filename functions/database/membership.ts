import type { DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { Database } from '../request/database.ts';
import { Conflict } from '../support/errors.ts';
import type { Ledger } from '../support/ledger.ts';
import { ownEntry } from './own-instance.ts';

/** The directory that an instance is a member of, or becomes or could not become one of. */
export const membershipSchema = z.object({ directoryId: z.string(), status: z.string() });
export type Membership = z.output<typeof membershipSchema>;

/** Other engines say kerberos-enabled where SQL Server says joined. */
const joined = new Set(['joined', 'kerberos-enabled']);

const underWay = new Set(['pending-join', 'joining', 'enabling-kerberos', 'pending-enable-kerberos']);

export const isJoined = ({ status }: Membership): boolean => joined.has(status);

/** Whether RDS is at it, or done: an instance that is not has to be asked to join. */
export const isAsked = (membership: Membership | null): boolean =>
  membership !== null && (isJoined(membership) || underWay.has(membership.status));

export const membershipOf = ({ DomainMemberships }: DBInstance): Membership | null => {
  const { Domain, Status } = DomainMemberships?.[0] ?? {};
  return Domain === undefined ? null : { directoryId: Domain, status: Status ?? 'unknown' };
};

/** The membership in that directory; another directory's is never taken away. */
export const membershipIn = (
  identifier: string,
  directoryId: string,
  instance: DBInstance,
): Membership | null => {
  const membership = membershipOf(instance);
  if (membership !== null && membership.directoryId !== directoryId)
    throw new Conflict(
      `The database instance ${identifier} belongs to the directory ${membership.directoryId} (${membership.status}), not to ${directoryId}. Take it out of that directory (ModifyDBInstance with the domain "none"), or name another instance, then redrive.`,
    );
  return membership;
};

/** Whether its users allow an interruption: nobody uses yet what this request made itself. */
export const mayInterrupt = async (
  ledger: Ledger,
  requestId: string,
  database: Database,
  instance: DBInstance,
): Promise<boolean> =>
  database.existing
    ? database.allowInterruption
    : (await ownEntry(ledger, requestId, database.identifier, instance)) !== undefined;

/** The ledger's name for the reboot that completes a join. */
export const rebootOf = (identifier: string): string => `${identifier}/reboot`;
