import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { managedNodeId } from '../request/fields.ts';
import { CommandFailed } from '../support/errors.ts';
import { failureSchema, rethrow } from '../support/failure.ts';
import { type Entry, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { checkTrustClaim } from '../support/trust-claim.ts';
import { commentOf } from './comment.ts';
import { makesSchema } from './makes.ts';
import { documentSchema } from './results.ts';
import { throwSendingRefusal } from './sending-refusals.ts';
import { commandsSent } from './sent.ts';

/** Seconds within which the agent must take the command; how long the script may run stands in its document. */
const deliveryTimeout = 600;

/** Seconds before its execution's start that a command may seem to have been sent: two clocks differ. */
const clockSkew = 300;

/** The deployment's documents by their short names, each pinned by version and hash. */
const documentsSchema = z.record(
  documentSchema,
  z.object({ name: z.string().min(1), version: z.string().min(1), hash: z.string().min(1) }),
);

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('write the Run Command documents as JSON');
    return z.NEVER;
  }
});

/** The documents that make something, unless it is there already. */
const changing = new Set(['forward-dns', 'create-trust']);

/** Whether a script may change what it finds in the place. An entry that was begun may have come to nothing: it is enough for a half, which no earlier look had found, and not for a forwarder. */
const mayChange = ({ kind }: z.output<typeof makesSchema>, entry: Entry | undefined): boolean =>
  entry !== undefined && (kind === 'half-on-premises' || entry.id !== undefined);

/** Runs one of our documents on the company's domain controller; await-command waits for its result. */
export const sendCommand = step({
  name: 'send-command',
  input: z.object({
    owner: ownerSchema,
    /** What the command is for, so that two commands of one execution are told apart. */
    step: z.string().min(1),
    managedNodeId,
    document: documentSchema,
    parameters: z.record(z.string(), z.string()),
    /** What the command makes, or makes right where it is there already. */
    makes: makesSchema.extend({ exists: z.boolean() }).nullable(),
    /** The trust that the command touches, which no other execution may be making. */
    trust: z.object({ directoryId: z.string(), domainName: z.string() }).nullable().default(null),
    startedAt: z.iso.datetime(),
    failure: failureSchema,
    redrive: z.int().min(0),
  }),
  output: z.object({ commandId: z.string() }),
  settings: ledgerSettings.extend({ DOCUMENTS: json.pipe(documentsSchema) }),
  clients: (configuration) => ({
    ssm: new SSMClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: CommandFailed,
  async run(input, { ssm, dynamodb, settings, now }) {
    rethrow(input.failure);
    const { owner, managedNodeId, makes, trust } = input;
    const { name, version, hash } = settings.DOCUMENTS[input.document];
    const comment = commentOf(owner, input.step, input.redrive);
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const since = new Date(Date.parse(input.startedAt) - clockSkew * 1000);
    // Sent by an earlier call, whose answer may have been lost.
    for await (const commandId of commandsSent(ssm, name, comment, since)) return { commandId };
    if (trust !== null) await checkTrustClaim(dynamodb, settings.LEDGER_TABLE, owner, trust);
    const isAllowed = makes !== null && mayChange(makes, await ledger.find(makes.kind, makes.key));
    const parameters = changing.has(input.document)
      ? { ...input.parameters, MayChange: String(isAllowed) }
      : input.parameters;
    const command = new SendCommandCommand({
      DocumentName: name,
      DocumentVersion: version,
      DocumentHash: hash,
      DocumentHashType: 'Sha256',
      InstanceIds: [managedNodeId],
      Parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, [value]])),
      Comment: comment,
      TimeoutSeconds: deliveryTimeout,
    });
    const send = () => ssm.send(command).catch(throwSendingRefusal(managedNodeId, name));
    const isNew =
      makes !== null && !makes.exists && (await ledger.making(makes.kind, makes.key, { command: comment }));
    const { Command } = isNew ? await ledger.attempt(isNew, makes.kind, makes.key, send) : await send();
    if (Command?.CommandId === undefined)
      throw new CommandFailed(
        `Systems Manager sent ${name} to ${managedNodeId} and did not tell the command's id.`,
      );
    return { commandId: Command.CommandId };
  },
});
