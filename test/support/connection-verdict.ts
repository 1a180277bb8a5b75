import { validate } from '../functions/request/configured.ts';

/** What the step says against a request, or that it allows it. */
export const verdict = (request: unknown, connections?: readonly unknown[]): Promise<string> =>
  validate(request, connections).then(() => 'allowed', String);

/** What it says against one that lies outside its connection. */
export const outside = (...problems: readonly string[]): string =>
  [
    'Forbidden: The request lies outside the connection "corp". Write what it allows, or have it extended in the deployment:',
    ...problems.map((problem) => `- ${problem}.`),
  ].join('\n');

/** A secret in which the password of that instance may be. */
export const secretOf = (instance: string): string =>
  `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${instance}-AbCdEf`;
