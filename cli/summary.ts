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
  findings: z.array(z.object({ level: z.string(), message: z.string() })),
});

const rows = (output: unknown): readonly (readonly [string, string])[] => {
  const { directory, trust, database, findings } = resultSchema.parse(output);
  return [
    ['Directory', `${directory.name} (${directory.id})`],
    ['Trust', `${trust.state}, ${trust.type}, ${trust.direction} (${trust.id})`],
    ...(database === undefined
      ? []
      : ([
          [
            'Database',
            `${database.identifier} at ${database.endpoint}:${database.port}, ${database.membership}`,
          ],
          ['Logins', database.logins.join(', ') || 'none'],
          ['Kerberos', database.connectionStrings.kerberos],
          ['NTLM', database.connectionStrings.ntlm],
          ['Which one', database.authSchemeQuery],
        ] as const)),
    ...findings.map(({ message }): [string, string] => ['Note', message]),
  ];
};

const figures = ({ virtualSeconds, transitions, invocations, apiCalls, writes }: Outcome): string =>
  [
    duration(virtualSeconds),
    ...(transitions === null ? [] : [`${transitions} state transitions`]),
    ...(invocations === null ? [] : [`${invocations} function calls`]),
    ...(apiCalls === null ? [] : [`${apiCalls} AWS calls, ${writes} of which changed something`]),
  ].join(' · ');

/** What was built and how to connect, or why nothing was, and the figures. */
export const summary = (outcome: Outcome, screen: Screen): string => {
  const lines = ['', styled(screen, outcome.status === 'SUCCEEDED' ? 'green' : 'red', outcome.status)];
  if (outcome.status === 'SUCCEEDED')
    for (const [name, value] of rows(outcome.output)) lines.push(`  ${name.padEnd(10)} ${value}`);
  if (outcome.error !== null) lines[1] += `  ${outcome.error}`;
  if (outcome.cause !== null) lines.push('', wrapped(outcome.cause, screen.width));
  lines.push('', styled(screen, 'dim', figures(outcome)));
  return `${lines.join('\n')}\n`;
};
