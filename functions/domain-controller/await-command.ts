import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetCommandInvocationCommand,
  type GetCommandInvocationCommandOutput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { managedNodeId } from '../request/fields.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { CommandFailed, Conflict, NotReady, PreflightFailed } from '../support/errors.ts';
import type { Finding } from '../support/finding.ts';
import { type Entry, type Ledger, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { checkEnded, hasNotRun } from './invocation.ts';
import { type Expected, expectedSchema, judge } from './judge.ts';
import { makesSchema } from './makes.ts';
import { readResult } from './read-result.ts';
import { documentSchema, type Facts, outputSchema, resultSchemas } from './results.ts';

const invocationOf = async (
  ssm: SSMClient,
  CommandId: string,
  InstanceId: string,
): Promise<GetCommandInvocationCommandOutput> => {
  try {
    return await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
  } catch (error) {
    if (!isAwsError(error, 'InvocationDoesNotExist')) throw error;
    throw new NotReady(`Systems Manager does not know yet of the command ${CommandId} on ${InstanceId}.`, {
      cause: error,
    });
  }
};

const line = ({ level, message }: Finding): string =>
  `- ${level === 'error' ? '' : 'Beside that: '}${message}`;

const judged = (facts: Facts, expected: Expected | null, managedNodeId: string) => {
  const findings = expected === null ? [] : judge(facts, expected);
  if (findings.some(({ level }) => level === 'error'))
    throw new PreflightFailed(
      [
        `The domain controller ${managedNodeId} is not ready for the trust. Mend this, then redrive the execution:`,
        ...findings.toSorted((one, other) => one.level.localeCompare(other.level)).map(line),
      ].join('\n'),
    );
  return { ...facts, findings: [...findings] };
};

/** Completes the ledger's entry of what was made, or makes it: before a redrive something else may have stood there. */
const writeDown = async (
  ledger: Ledger,
  { kind, key }: z.output<typeof makesSchema>,
  changed: boolean,
): Promise<void> => {
  const entry = await ledger.find(kind, key);
  if (entry === undefined && !changed) return;
  if (entry === undefined) await ledger.making(kind, key);
  // What is made on premises has no id.
  if (entry?.id === undefined) await ledger.made(kind, key, key);
};

/** Strikes an entry out again that was only begun. */
const strikeOut = async (
  ledger: Ledger,
  { kind, key }: z.output<typeof makesSchema>,
  isMeant: (entry: Entry) => boolean,
): Promise<void> => {
  const entry = await ledger.find(kind, key);
  if (entry !== undefined && entry.id === undefined && isMeant(entry)) await ledger.forget(kind, key);
};

/** Where the script found somebody else's thing it made nothing. */
const unlessForeign = async <Result>(
  ledger: Ledger,
  makes: z.output<typeof makesSchema>,
  read: () => Result,
): Promise<Result> => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Conflict) await strikeOut(ledger, makes, () => true);
    throw error;
  }
};

/** Waits for a command's script to end, and returns its result; the facts of a domain controller are judged. */
export const awaitCommand = step({
  name: 'await-command',
  input: z.object({
    owner: ownerSchema,
    commandId: z.string().min(1),
    managedNodeId,
    document: documentSchema,
    /** What check-domain-controller is to find; null for the other documents, or to have nothing judged. */
    expected: expectedSchema.nullable(),
    /** What the command makes unless it is there. */
    makes: makesSchema.nullable().default(null),
  }),
  output: outputSchema,
  settings: ledgerSettings,
  clients: (configuration) => ({
    ssm: new SSMClient(configuration),
    dynamodb: new DynamoDBClient(configuration),
  }),
  fails: CommandFailed,
  async run(
    { owner, commandId, managedNodeId, document, expected, makes },
    { ssm, dynamodb, settings, now },
  ) {
    const command = `The command ${commandId} (${document} on ${managedNodeId})`;
    const invocation = await invocationOf(ssm, commandId, managedNodeId);
    if (makes !== null && hasNotRun(invocation)) {
      const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
      await strikeOut(ledger, makes, ({ command: begunFor }) => begunFor === invocation.Comment);
    }
    checkEnded(invocation, command);
    if (document === 'check-domain-controller')
      return judged(readResult(resultSchemas[document], invocation, command), expected, managedNodeId);
    const read = () => readResult(resultSchemas[document], invocation, command);
    if (makes === null) return read();
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const result = await unlessForeign(ledger, makes, read);
    if ('changed' in result) await writeDown(ledger, makes, result.changed);
    return result;
  },
});
