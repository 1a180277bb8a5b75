import { z } from 'zod';
import type { Outcome } from './outcome.ts';
import { duration, type Screen, styled, wrapped } from './words.ts';

const resultSchema = z.object({
  directory: z.object({ id: z.string(), name: z.string() }),
  trust: z.object({ id: z.string(), state: z.string(), direction: z.string(), type: z.string() }),
  database: z
    .object({
      identifier: z.string(),
      endpoint: z.string(),
      port: z.number(),
      connectionStrings: z.object({ kerberos: z.string(), ntlm: z.string() }),
      authSchemeQuery: z.string(),
      membership: z.string(),
      logins: z.array(z.string()),
    })
    .optional(),
  findings: z.array(z.object({ message: z.string() })),
});

/** What a product of the catalog hands over. */
const outputsSchema = z.record(z.string(), z.string());

type Rows = readonly (readonly [string, string])[];

/** What was built and how to connect; what is no result as it is. */
const rowsOf = (output: unknown): Rows => {
  const read = resultSchema.safeParse(output);
  if (!read.success) {
    const { data: outputs } = outputsSchema.safeParse(output);
    return outputs === undefined ? [['Output', JSON.stringify(output)]] : Object.entries(outputs);
  }
  const { directory, trust, database, findings } = read.data;
  const built: Rows = [
    ['Directory', `${directory.name} (${directory.id})`],
    ['Trust', `${trust.state}, ${trust.type}, ${trust.direction} (${trust.id})`],
  ];
  const notes = findings.map(({ message }) => ['Note', message] as const);
  if (database === undefined) return [...built, ...notes];
  const { identifier, endpoint, port, membership, logins, connectionStrings, authSchemeQuery } = database;
  return [
    ...built,
    ['Database', `${identifier} at ${endpoint}:${port}, ${membership}`],
    ['Logins', logins.join(', ') || 'none'],
    ['Kerberos', connectionStrings.kerberos],
    ['NTLM', connectionStrings.ntlm],
    ['Which one', authSchemeQuery],
    ...notes,
  ];
};

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const figures = ({ virtualSeconds, transitions, invocations, apiCalls, writes }: Outcome): string =>
  [
    duration(virtualSeconds),
    ...(transitions === null ? [] : [counted(transitions, 'state transition', 'state transitions')]),
    ...(invocations === null ? [] : [counted(invocations, 'function call', 'function calls')]),
    ...(apiCalls === null ? [] : [counted(apiCalls, 'AWS call', 'AWS calls')]),
    ...(writes === null ? [] : [counted(writes, 'change', 'changes')]),
  ].join(' · ');

/** The cause in lines of the screen's width; a command to copy stands on a line of its own, whole. */
const causeLines = (cause: string, { width }: Screen): readonly string[] => {
  const [text = '', command] = cause.split(/ (?=aws stepfunctions \S+ --execution-arn \S+$)/);
  return ['', wrapped(text, width), ...(command === undefined ? [] : [`  ${command}`])];
};

const colours: Readonly<Partial<Record<Outcome['status'], 'green' | 'yellow'>>> = {
  SUCCEEDED: 'green',
  RUNNING: 'yellow',
};

const rowLines = (rows: Rows): readonly string[] => {
  const width = Math.max(10, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)} ${value}`);
};

/** How it ended: what was built and how to connect, or why nothing was, and the figures. */
export const summary = (outcome: Outcome, screen: Screen): string => {
  const { status, error, cause, output, execution } = outcome;
  const lines = [
    '',
    `${styled(screen, colours[status] ?? 'red', status)}${error === null ? '' : `  ${error}`}`,
    ...(status === 'SUCCEEDED' ? rowLines(rowsOf(output)) : []),
    ...(status === 'RUNNING' ? [`  forestbridge explain ${execution} tells later how it stands.`] : []),
    ...(cause === null ? [] : causeLines(cause, screen)),
    '',
    styled(screen, 'dim', figures(outcome)),
  ];
  return `${lines.join('\n')}\n`;
};
