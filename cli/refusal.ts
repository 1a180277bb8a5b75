import { Refused } from './request-file.ts';
import type { Shell } from './shell.ts';

type Environment = Shell['environment'];

const endpointOf = (environment: Environment): string | undefined =>
  environment['AWS_ENDPOINT_URL_SFN'] ?? environment['AWS_ENDPOINT_URL'];

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** The next move, by what AWS or its SDK calls the problem. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/^AccessDenied/, 'Have your role allow it, or use another one'],
  [
    /^(ExpiredToken|UnrecognizedClient|InvalidSignature|InvalidClientTokenId|IncompleteSignature)/,
    'Get new credentials, for example by aws sso login',
  ],
  [
    /^(StateMachineDoesNotExist|ExecutionDoesNotExist|InvalidArn)/,
    'Check the ARN, and whose credentials you use',
  ],
  [/^ResourceNotFound/, "Name the ledger's table in LEDGER_TABLE"],
  [/^ExecutionAlreadyExists/, 'Start it again in a second, under a new name'],
  [
    /^(Throttl|TooManyRequests|ExecutionLimitExceeded|ServiceUnavailable|InternalServer)/,
    'Try again in a minute',
  ],
];

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What a user can do something about is a sentence; what is a bug of this program stays an error. */
export const refusal = (error: unknown, environment: Environment): unknown => {
  if (!(error instanceof Error) || error instanceof Refused) return error;
  const refused = (text: string): Refused => new Refused(text, { cause: error });
  const endpoint = endpointOf(environment);
  if (error.name === 'CredentialsProviderError')
    return refused(
      'There are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (any will do for the simulator).',
    );
  if (codeOf(error) === 'ERR_INVALID_URL')
    return refused(`AWS_ENDPOINT_URL is no URL: '${endpoint}'. Write one such as http://127.0.0.1:4566.`);
  if (unreachable.has(codeOf(error)) || error.name === 'TimeoutError')
    return refused(
      endpoint === undefined
        ? `AWS cannot be reached: ${sentence(error.message)} Check the network and proxies.`
        : `Nothing answers at ${endpoint}, which AWS_ENDPOINT_URL names: ${sentence(error.message)} Start the simulator, or correct it.`,
    );
  if (!('$metadata' in error)) return error.cause === undefined ? error : refusalOfCause(error, environment);
  const next =
    advice.find(([name]) => name.test(error.name))?.[1] ?? 'Check the ARN, the Region and your credentials';
  return refused(`AWS refused: ${error.name}: ${sentence(error.message)} ${next}.`);
};

/** A step gives AWS's errors names of its own and keeps them as causes. */
const refusalOfCause = (error: Error, environment: Environment): unknown => {
  const refused = refusal(error.cause, environment);
  return refused instanceof Refused ? refused : error;
};
