import type { Execution } from './execution.ts';
import { subjectOf } from './explanation.ts';
import { type Result, resultSchema } from './result.ts';

const resultOf = (output: string): Result | null => {
  try {
    return resultSchema.parse(JSON.parse(output));
  } catch {
    return null;
  }
};

/** What an execution that succeeded has built, how to connect to it, and what is left to do. */
export const accomplishment = (execution: Execution): string => {
  const result = resultOf(execution.output);
  if (result === null) return `${subjectOf(execution)} is done.`;
  const { directory, trust, database, findings } = result;
  const lines = [
    `${subjectOf(execution)} is done: the directory ${directory.name} (${directory.id}) and its trust ${trust.id} (${trust.type}, ${trust.direction}), which is ${trust.state}.`,
  ];
  if (database !== undefined)
    lines.push(
      `The database ${database.identifier} answers on port ${database.port} at ${database.kerberosName} (Kerberos) and at ${database.endpoint} (NTLM).`,
      `Connect by Kerberos with: ${database.connectionStrings.kerberos}`,
      `Windows logins: ${database.logins.join(', ') || 'none'}.`,
    );
  if (findings.length > 0) lines.push('What to look at:', ...findings.map(({ message }) => `- ${message}`));
  return lines.join('\n');
};
