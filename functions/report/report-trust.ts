import { DirectoryServiceClient, type TrustState } from '@aws-sdk/client-directory-service';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { isAtWork } from '../support/at-work.ts';
import { Forbidden, NotReady } from '../support/errors.ts';
import { failureSchema, rethrow } from '../support/failure.ts';
import { ledgerSettings } from '../support/ledger.ts';
import { step } from '../support/step.ts';
import { trustOf } from '../trust/half-in-aws.ts';
import { isStanding } from '../trust/halves.ts';
import { KnownTrust } from './known-trust.ts';
import { type Change, trustNotice } from './trust-notice.ts';

const moving = new Set<TrustState>(['Creating', 'Verifying', 'Updating', 'Deleting']);

type Found = Omit<Change, 'requestId' | 'trustId' | 'was'>;

const gone = { is: 'Deleted', since: undefined, reason: undefined, stands: false };

/** The trust's state as AWS has it once nothing is under way; nothing where it is gone. */
const stateInAws = async (
  directoryService: DirectoryServiceClient,
  trustId: string,
): Promise<Found | undefined> => {
  const trust = await trustOf(directoryService, trustId);
  if (trust === undefined || trust.TrustState === 'Deleted') return undefined;
  const { TrustState: is, RemoteDomainName: domainName = '', DirectoryId: directory = '' } = trust;
  if (is === undefined || moving.has(is))
    throw new NotReady(`The trust ${trustId} with ${domainName} is ${is ?? 'without a state'}.`);
  const { StateLastUpdatedDateTime: since, TrustStateReason: reason } = trust;
  return { is, directory, domainName, since, reason, stands: isStanding(trust) };
};

/** What people are to hear; nothing where the trust is gone because a repair has made it anew. */
const newsOf = async (found: Found | undefined, known: KnownTrust): Promise<Found | undefined> => {
  if (found !== undefined) return found;
  if (await known.isReplaced()) return undefined;
  return { ...gone, ...(await known.sides()) };
};

/** Tells people where a trust's state is not the one that they last heard of, and writes down that they have heard. */
export const reportTrust = step({
  name: 'report-trust',
  input: z.object({
    requestId: z.string().min(1),
    trustId: z.string().min(1),
    /** The execution that checks the trust. */
    execution: z.string().min(1),
    /** What AWS could not be asked for, or what its verdict was, where the trust was not verified. */
    failure: failureSchema,
  }),
  output: z.object({ trustId: z.string(), told: z.boolean() }),
  settings: ledgerSettings.extend({ TOPIC_ARN: z.string().min(1) }),
  clients: (configuration) => ({
    directoryService: new DirectoryServiceClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
    sfn: new SFNClient(configuration),
    sns: new SNSClient(configuration),
  }),
  fails: Forbidden,
  async run(
    { requestId, trustId, execution, failure },
    { directoryService, dynamodb, sfn, sns, settings, now },
  ) {
    const { LEDGER_TABLE: table, TOPIC_ARN } = settings;
    const known = new KnownTrust(dynamodb, table, requestId, trustId);
    const was = await known.state();
    const unchanged = { trustId, told: false };
    if (was === undefined || (await isAtWork({ dynamodb, table, sfn }, requestId))) return unchanged;
    const found = await stateInAws(directoryService, trustId);
    // It stands as it did, so the failure is no verdict on it: the question itself came to nothing.
    if (found?.stands === true) rethrow(failure);
    const is = found?.is ?? gone.is;
    if (is === was) return unchanged;
    const news = await newsOf(found, known);
    if (news !== undefined) {
      const { subject, text } = trustNotice({ requestId, trustId, was, ...news });
      await sns.send(new PublishCommand({ TopicArn: TOPIC_ARN, Subject: subject, Message: text }));
    }
    await known.heard(was, is, execution, now());
    return { trustId, told: news !== undefined };
  },
});
