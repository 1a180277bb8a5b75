import {
  GetCommandInvocationCommand,
  type GetCommandInvocationCommandOutput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { managedNodeId } from '../request/fields.ts';
import { isAwsError } from '../support/aws-errors.ts';
import { CommandFailed, NotReady, PreflightFailed } from '../support/errors.ts';
import type { Finding } from '../support/finding.ts';
import { step } from '../support/step.ts';
import { checkEnded } from './invocation.ts';
import { type Expected, expectedSchema, judge } from './judge.ts';
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

/** Waits for a command's script to end and returns its result; the facts of a domain controller are judged. */
export const awaitCommand = step({
  name: 'await-command',
  input: z.object({
    commandId: z.string().min(1),
    managedNodeId,
    document: documentSchema,
    /** What check-domain-controller is to find; null for the other documents, or to have nothing judged. */
    expected: expectedSchema.nullable(),
  }),
  output: outputSchema,
  settings: z.object({}),
  clients: (configuration) => ({ ssm: new SSMClient(configuration) }),
  fails: CommandFailed,
  async run({ commandId, managedNodeId, document, expected }, { ssm }) {
    const command = `The command ${commandId} (${document} on ${managedNodeId})`;
    const invocation = await invocationOf(ssm, commandId, managedNodeId);
    checkEnded(invocation, command);
    if (document === 'check-domain-controller')
      return judged(readResult(resultSchemas[document], invocation, command), expected, managedNodeId);
    return readResult(resultSchemas[document], invocation, command);
  },
});
