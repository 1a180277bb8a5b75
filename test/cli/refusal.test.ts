import { describe, expect, it } from 'vitest';
import { refusal } from '../../cli/refusal.ts';
import { Refused } from '../../cli/request-file.ts';

const error = (message: string, fields: object): Error => Object.assign(new Error(message), fields);
const answered = { $metadata: {} };
const local = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };

const refused = [
  [
    'no credentials',
    error('Could not load', { name: 'CredentialsProviderError' }),
    {},
    /^There are no AWS credentials\. Set AWS_PROFILE, or/,
  ],
  [
    'an endpoint that is none',
    error('Invalid URL', { code: 'ERR_INVALID_URL' }),
    { AWS_ENDPOINT_URL: 'here' },
    /no URL: 'here'\. Write one such as/,
  ],
  [
    'no simulator',
    error('connect ECONNREFUSED', { code: 'ECONNREFUSED', ...answered }),
    local,
    /^Nothing answers at http:\/\/127\.0\.0\.1:4566, .*: connect ECONNREFUSED\. Start the simulator, or/,
  ],
  [
    'no simulator at the endpoint of Step Functions',
    error('x', { code: 'ECONNREFUSED' }),
    { AWS_ENDPOINT_URL_SFN: 'http://here', ...local },
    /^Nothing answers at http:\/\/here,/,
  ],
  [
    'no network',
    error('getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' }),
    {},
    /^AWS cannot be reached: getaddrinfo ENOTFOUND\. Check the network/,
  ],
  ['no answer in time', error('Slow', { name: 'TimeoutError' }), {}, /^AWS cannot be reached: Slow\./],
  [
    'old credentials',
    error('Expired', { name: 'ExpiredTokenException', ...answered }),
    {},
    /^AWS refused: ExpiredTokenException: Expired\. Get new credentials/,
  ],
  [
    'too many calls',
    error('Rate exceeded', { name: 'ThrottlingException', ...answered }),
    {},
    /Try again in a minute\.$/,
  ],
  [
    'anything else',
    error('Odd.', { name: 'Odd', ...answered }),
    {},
    /^AWS refused: Odd: Odd\. Check the ARN, the Region/,
  ],
  [
    'what a step has renamed',
    error('Renamed', { cause: error('No', { name: 'AccessDeniedException', ...answered }) }),
    {},
    /^AWS refused: AccessDeniedException: No\. Have your role allow it/,
  ],
] as const;

describe('what a user can do something about', () => {
  it.each(refused)('is a sentence with the next move: %s', (_, from, environment, message) => {
    const to = refusal(from, environment);

    expect(to).toBeInstanceOf(Refused);
    expect(String(to)).toMatch(new RegExp(message.source.replace('^', '^Refused: ')));
    expect(to).toMatchObject({ message: expect.not.stringContaining('\n') });
  });

  it('is refused once only', () => {
    const once = new Refused('It is refused.', { cause: error('No', { name: 'Odd', ...answered }) });

    expect(refusal(once, {})).toBe(once);
  });
});

describe('what is a bug of the program', () => {
  it.each([
    ['an error', new TypeError('x is not a function')],
    ['an error with a cause', error('y', { cause: new TypeError('x is not a function') })],
    ['what is no error', 'text'],
  ])('stays what it is: %s', (_, bug) => {
    expect(refusal(bug, {})).toBe(bug);
  });
});
