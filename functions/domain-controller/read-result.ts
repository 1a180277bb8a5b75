import type { GetCommandInvocationCommandOutput } from '@aws-sdk/client-ssm';
import type { z } from 'zod';
import { CommandFailed, Conflict } from '../support/errors.ts';
import { refusalSchema } from './results.ts';

type Invocation = GetCommandInvocationCommandOutput;

const longestExcerpt = 200;

/** The end of what was printed, short and without anything that could disturb a log or a terminal. */
const excerpt = (text: string): string =>
  text
    .trim()
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .slice(-longestExcerpt);

const illegible = ({
  StandardOutputContent: out = '',
  StandardErrorContent: err = '',
}: Invocation): string => {
  const said = excerpt(err) || excerpt(out);
  return said === '' ? 'It printed nothing.' : `It printed at last: ${said}`;
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** The result that a script printed as its last line; throws what it says where it is not done. */
export const readResult = <Result extends z.ZodType>(
  schema: Result,
  invocation: Invocation,
  command: string,
): z.output<Result> => {
  const line = invocation.StandardOutputContent?.trim().split('\n').at(-1) ?? '';
  const json = parsed(line);
  const refusal = refusalSchema.safeParse(json);
  if (refusal.success) {
    const { status, reason, message } = refusal.data;
    if (status === 'conflict') throw new Conflict(message);
    throw new CommandFailed(`${command} failed (${reason}): ${message}`);
  }
  const result = schema.safeParse(json);
  if (result.success && invocation.Status === 'Success') return result.data;
  throw new CommandFailed(
    `${command} ended as ${invocation.Status} with exit code ${invocation.ResponseCode} and printed no result that can be read. ${illegible(invocation)} Look at the command in Systems Manager; where the document is not that of this deployment, deploy again. Then redrive the execution.`,
  );
};
