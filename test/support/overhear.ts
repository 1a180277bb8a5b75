import type { Log } from '../../functions/support/runtime.ts';
import type { Deployment } from './provisioning.ts';
import { ledgerOf, plain } from './world-snapshot.ts';

/** The calls that have to carry a password, and on which side of them it may be. */
const mayCarry: Readonly<Record<string, 'input' | 'output'>> = {
  'secretsmanager:GetRandomPassword': 'output',
  'secretsmanager:CreateSecret': 'input',
  'secretsmanager:PutSecretValue': 'input',
  'secretsmanager:GetSecretValue': 'output',
  'ds:CreateMicrosoftAD': 'input',
  'ds:CreateTrust': 'input',
};

const text = (value: unknown): string => JSON.stringify(plain(value));

/** A log that remembers its lines. */
export const rememberingLog = (): Log & { readonly lines: readonly string[] } => {
  const lines: string[] = [];
  const add = (message: string, fields: unknown): void => void lines.push(`${message} ${text(fields)}`);
  return { lines, debug: add, info: add, error: add };
};

/** Listens to what the functions of a deployment tell AWS and hear from it, beside the passwords themselves. */
export const overhear = (deployment: Deployment) => {
  const calls: string[] = [];
  const drawn = new Set<string>();
  deployment.disturb(async (call, answer) => {
    const name = `${call.service}:${call.operation}`;
    const output = await answer();
    if (mayCarry[name] !== 'input') calls.push(`${name} asked ${text(call.input)}`);
    if (mayCarry[name] !== 'output') calls.push(`${name} answered ${text(output)}`);
    if (name === 'secretsmanager:GetRandomPassword') drawn.add(String(Object(output).RandomPassword));
    return output;
  });
  return {
    /** Every password that there ever was. */
    passwords: (): readonly string[] => [
      ...drawn,
      ...deployment.world.databases.all.map(({ masterPassword }) => masterPassword),
    ],
    /** What others may read: the calls, histories, commands, messages and the ledger. */
    said: async (): Promise<readonly string[]> => {
      const { account, world } = deployment;
      return [
        ...calls,
        ...account.executions.all.flatMap(({ history }) => history.events.map(text)),
        ...world.commands.all.map(text),
        ...world.topics.all.map(text),
        ...world.databases.events.map(text),
        ...(await ledgerOf(account)).map(text),
      ];
    },
  };
};
