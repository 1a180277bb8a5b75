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
import { type Ledger, ledgerSettings, ownerSchema } from '../support/ledger.ts';
import { openLedger } from '../support/open-ledger.ts';
import { step } from '../support/step.ts';
import { checkEnded, hasNotRun } from './invocation.ts';
import { type Expected, expectedSchema, judge } from './judge.ts';
import { makesSchema } from './makes.ts';
import { readResult } from './read-result.ts';
import { documentSchema, type Facts, outputSchema, resultSchemas } from './results.ts';
import { commandsSent } from './sent.ts';
import { strikeOut, writeDown } from './write-down.ts';

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

/** Milliseconds: as long as an execution can be redriven. */
const longest = 14 * 86_400_000;

/** The same command where it was sent twice: what one of the two made, the other one finds there. */
const twinOf = async (
  ssm: SSMClient,
  { CommandId, DocumentName = '', Comment = '' }: GetCommandInvocationCommandOutput,
  managedNodeId: string,
  now: Date,
): Promise<GetCommandInvocationCommandOutput | undefined> => {
  for await (const id of commandsSent(ssm, DocumentName, Comment, new Date(now.getTime() - longest))) {
    if (id === CommandId) continue;
    const twin = await invocationOf(ssm, id, managedNodeId);
    if (hasNotRun(twin)) continue;
    checkEnded(twin, `The command ${id}, which was sent twice,`);
    return twin;
  }
  return undefined;
};

/** Where the script found somebody else's thing it made nothing. */
const unlessForeign = async <Result>(
  ledger: Ledger,
  makes: z.output<typeof makesSchema>,
  read: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Conflict) await strikeOut(ledger, makes);
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
    const read = (of: GetCommandInvocationCommandOutput) => readResult(resultSchemas[document], of, command);
    if (makes === null) return read(invocation);
    const ledger = await openLedger(dynamodb, settings.LEDGER_TABLE, owner, now);
    const result = await unlessForeign(ledger, makes, async () => {
      try {
        return read(invocation);
      } catch (error) {
        const twin =
          error instanceof Conflict ? await twinOf(ssm, invocation, managedNodeId, now()) : undefined;
        if (twin === undefined) throw error;
        return read(twin);
      }
    });
    if ('changed' in result) await writeDown(ledger, makes, result.changed);
    return result;
  },
});
