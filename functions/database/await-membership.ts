import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RDSClient } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { databaseSchema } from '../request/database.ts';
import { DomainJoinFailed, NotReady } from '../support/errors.ts';
import { type Entry, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { eventsSince } from './events.ts';
import { knownInstance } from './instance.ts';
import { isAsked, isJoined, mayInterrupt, membershipIn } from './membership.ts';
import { rebootOnce } from './reboot.ts';
import { ready } from './status.ts';

/** For some seconds after the asking, RDS still shows the verdict on an earlier try. */
const grace = 2 * 60_000;
const day = 86_400_000;

const causes =
  "Usually the instance cannot reach the directory (the security group's outbound rules to the directory's subnets for DNS, Kerberos, LDAP, SMB and RPC; network ACLs; routes), or RDS cannot use its role (it must trust rds.amazonaws.com and carry AmazonRDSDirectoryServiceAccess). Mend it, then redrive.";

const reasonOf = async (rds: RDSClient, identifier: string, askedAt: number | undefined, now: Date) => {
  const since = new Date(askedAt ?? now.getTime() - day);
  const texts = await eventsSince(rds, identifier, since, now);
  return (
    texts.findLast((text) => /domain|kerberos|directory/i.test(text)) ?? 'RDS wrote no event that says why.'
  );
};

const askedAt = (entry: Entry | undefined): number | undefined =>
  entry?.id === undefined ? undefined : Date.parse(entry.id);

/**
 * Waits until the instance is a member, and reboots it where it was asked to join after its creation. Asked once more, it
 * waits for the reboot. What its owner does not agree to is owed.
 */
export const awaitMembership = step({
  name: 'await-membership',
  input: z.object({ owner: ownerSchema, database: databaseSchema, directoryId: z.string() }),
  output: z.object({
    membership: z.enum(['joined', 'owed']),
    rebootOwed: z.boolean(),
    rebooting: z.boolean(),
  }),
  settings: ledgerSettings,
  clients: (configuration) => ({
    rds: new RDSClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: DomainJoinFailed,
  async run({ owner, database, directoryId }, { rds, dynamodb, settings, now }) {
    const { identifier } = database;
    const instance = await knownInstance(rds, identifier);
    const membership = membershipIn(identifier, directoryId, instance);
    const isMember = membership !== null && isJoined(membership);
    const notYet = () =>
      new NotReady(
        `The membership of ${identifier} in ${directoryId} is ${membership?.status ?? 'not begun'}, not yet joined.`,
      );
    if (isAsked(membership)) {
      ready(identifier, instance);
      if (!isMember) throw notYet();
    }
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const agreed = () => mayInterrupt(ledger, owner.requestId, database, instance);
    if (!isAsked(membership) && !(await agreed()))
      return { membership: 'owed' as const, rebootOwed: true, rebooting: false };
    ready(identifier, instance);
    const entry = await ledger.find('membership', identifier);
    if (membership?.status === 'failed') {
      const asked = askedAt(entry);
      if (asked !== undefined && now().getTime() - asked < grace)
        throw new NotReady(
          `RDS still shows the failure before ${identifier} was asked to join ${directoryId}.`,
        );
      throw new DomainJoinFailed(
        `The database instance ${identifier} could not join the directory ${directoryId}. RDS: ${await reasonOf(rds, identifier, asked, now())} ${causes}`,
      );
    }
    if (!isMember) throw notYet();
    const done = { membership: 'joined' as const, rebootOwed: false, rebooting: false };
    if (entry === undefined) return done;
    if (!(await agreed())) return { ...done, rebootOwed: true };
    return { ...done, rebooting: await rebootOnce({ rds, ledger, now }, identifier) };
  },
});
