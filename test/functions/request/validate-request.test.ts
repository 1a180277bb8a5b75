import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisedRequestSchema } from '../../../functions/request/schema.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { legalRequests } from './arbitraries.ts';
import { connection, stepWith, validate } from './configured.ts';
import { changed, example, exampleNames } from './requests.ts';

/** Every path into a JSON value, its root included. */
const pathsOf = (json: unknown): (string | number)[][] => {
  if (typeof json !== 'object' || json === null) return [[]];
  const inner: [string | number, unknown][] = Array.isArray(json)
    ? [...json.entries()]
    : Object.entries(json);
  return [[], ...inner.flatMap(([key, value]) => pathsOf(value).map((path) => [key].concat(path)))];
};

const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: anyCharacter }),
  fc.constantFrom(
    '__proto__',
    '10.0.0.0/0',
    'x'.repeat(300_000),
    `${'a.'.repeat(100_000)}!`,
    Number.NaN,
    -0,
    1e308,
  ),
  fc
    .constantFrom('{"__proto__": {"existing": true}}', '{"constructor": {"prototype": 1}}', '[[[[[[]]]]]]')
    .map((json): unknown => JSON.parse(json)),
);

/** An example with something else somewhere. */
const spoilt = fc
  .constantFrom(...exampleNames)
  .map(example)
  .chain((request) => fc.tuple(fc.constant(request), fc.constantFrom(...pathsOf(request)), hostile))
  .map(([request, path, value]) => changed(request, path, value));

const outcome = (request: unknown): Promise<string> =>
  validate(request).then(
    (answer) => (normalisedRequestSchema.safeParse(answer).success ? 'normalised' : 'nonsense'),
    (error: unknown) => (error instanceof Error ? error.name : 'nothing'),
  );

const isVerdict = (name: string): boolean => ['normalised', 'InvalidRequest', 'Forbidden'].includes(name);

describe('validate-request', () => {
  it('answers any JSON with a normalised request, InvalidRequest or Forbidden', async () => {
    await fc.assert(fc.asyncProperty(hostile, async (request) => isVerdict(await outcome(request))));
  });

  it('does so where only a part of a request is spoilt', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt, async (request) => isVerdict(await outcome(request))),
      { numRuns: 300 },
    );
  });

  it('finds nothing wrong with legal requests, and allows only what lies inside', async () => {
    await fc.assert(
      fc.asyncProperty(legalRequests, async (request) => (await outcome(request)) === 'Forbidden'),
    );
  });

  it('survives any depth', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);

    expect(await outcome(changed(example('one-way-forest'), ['directory'], deep))).toBe('InvalidRequest');
    expect(await outcome(changed(example('one-way-forest'), ['tags'], { a: deep }))).toBe('InvalidRequest');
  });

  it('judges lists of any length without comparing all with all', async () => {
    const networks = Array.from({ length: 17_000 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);

    const answer = validate(changed(example('one-way-forest'), ['database', 'allowedNetworks'], networks));

    await expect(answer).rejects.toThrow('database.allowedNetworks: write a list of 1 to 20');
  });

  it('says first what is wrong, and judges the connection only where nothing is', async () => {
    const request = changed(example('one-way-forest'), ['requestId'], '');

    await expect(validate(request, [])).rejects.toMatchObject({ name: 'InvalidRequest' });
    await expect(validate(example('one-way-forest'), [])).rejects.toMatchObject({ name: 'Forbidden' });
  });

  it.each([{}, null, { requests: {} }])('refuses the input %j', async (event) => {
    await expect(stepWith('[]')(event, lambdaContext)).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  it('is called validate-request', async () => {
    const { validateRequest } = await import('../../../functions/request/validate-request.ts');

    expect(validateRequest.name).toBe('validate-request');
  });

  it.each([
    ['no list', undefined, 'CONNECTIONS'],
    ['no JSON', '[', 'write the list of connections as JSON'],
    [
      'an unknown field',
      JSON.stringify([{ ...connection, password: 'x' }]),
      'leave it out; the fields here are name',
    ],
    [
      'a network that is everything',
      JSON.stringify([{ ...connection, networks: ['0.0.0.0/0'] }]),
      'of /8 or narrower',
    ],
    ...[
      'arn:aws:iam::1:role/x',
      'x arn:aws:iam::111122223333:role/x',
      'arn:aws:iam::111122223333:role/x y',
    ].map((roleArn): [string, string, string] => [
      `the role ${roleArn}`,
      JSON.stringify([{ ...connection, domainControllers: [{ managedNodeId: 'i-0a1b2c3d', roleArn }] }]),
      "write the ARN of the domain controller's role",
    ]),
    [
      'two connections of one name',
      JSON.stringify([connection, { ...connection, domainName: 'other.example.com' }]),
      'give each connection a name of its own',
    ],
    ['a connection without name', JSON.stringify([{ ...connection, name: '' }]), 'name'],
    [
      'an instance without name',
      JSON.stringify([{ ...connection, existingInstances: [{ identifier: '' }] }]),
      'existingInstances',
    ],
    [
      'an instance that is a name alone',
      JSON.stringify([{ ...connection, existingInstances: ['archive'] }]),
      'write an object of identifier, masterUserSecretArn',
    ],
    [
      'an instance without the ARN of its secret',
      JSON.stringify([
        { ...connection, existingInstances: [{ identifier: 'archive', masterUserSecretArn: '' }] },
      ]),
      'masterUserSecretArn',
    ],
    [
      'an identifier that may be any',
      JSON.stringify([{ ...connection, identifierPrefixes: [''] }]),
      'write how the identifiers of new databases begin',
    ],
    [
      'a beginning that leaves no room for an identifier',
      JSON.stringify([{ ...connection, identifierPrefixes: ['a'.repeat(58)] }]),
      'up to 57',
    ],
    ['a key without name', JSON.stringify([{ ...connection, kmsKeyIds: [''] }]), 'kmsKeyIds'],
  ])('does not start with %s configured', (_, setting, message) => {
    expect(() => stepWith(setting)).toThrow(message);
  });
});
