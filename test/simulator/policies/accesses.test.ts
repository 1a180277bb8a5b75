import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accessesOf, unverified } from '../../../simulator/policies/accesses.ts';
import { isFilled } from '../../../simulator/policies/keys.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { World } from '../../../simulator/world/world.ts';

const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/k';
const newWorld = (): World => new World(new VirtualClock(0), 1);
const need = (service: string, operation: string, input: object) =>
  accessesOf({ service, operation, input }, newWorld(), { keyArn });

const recordingSchema = z.object({
  calls: z
    .array(z.object({ service: z.string(), operation: z.string(), input: z.looseObject({}) }))
    .default([]),
});

/** Every call of the recorded events, by the files they stand in. */
const recorded = globSync('events/recorded/*/*/*.json').map((file) => ({
  file,
  calls: recordingSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).calls,
}));

/** The signing names of the packages that functions import clients from. */
const signingNames = new Map([
  ['directory-service', 'ds'],
  ['sfn', 'states'],
  ['secrets-manager', 'secretsmanager'],
]);

/** What functions send, as `ds CreateTrust`: read from their sources, whether a recording has it or not. */
const sent = globSync('functions/**/*.ts').flatMap((file) => {
  const source = readFileSync(file, 'utf8');
  const imports = [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)];
  return imports.flatMap(([, names = '', client = '']) =>
    [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b(?!\w)/g)].map(
      ([, paged, single]) => `${signingNames.get(client) ?? client} ${paged ?? single}`,
    ),
  );
});

describe('The table of permissions', () => {
  it('knows every call that was recorded', () => {
    expect(recorded.flatMap(({ calls }) => calls).length).toBeGreaterThan(500);
    for (const { file, calls } of recorded)
      for (const { service, operation, input } of calls)
        expect(need(service, operation, input), file).not.toEqual([]);
  });

  it('knows every operation that a function sends', () => {
    expect(sent).toContain('ds CreateTrust');
    expect(sent).toContain('dynamodb Scan');
    for (const each of new Set(sent)) {
      const [service = '', operation = ''] = each.split(' ');
      expect(need(service, operation, {}), each).not.toEqual([]);
    }
  });

  it('asks first of all for the operation itself', () => {
    for (const { calls } of recorded)
      for (const { service, operation, input } of calls)
        expect(need(service, operation, input)[0]?.action).toBe(`${service}:${operation}`);
  });

  it('fills in no condition key that policies may not ask for', () => {
    const keys = recorded.flatMap(({ calls }) =>
      calls.flatMap(({ service, operation, input }) =>
        need(service, operation, input).flatMap(({ context }) => Object.keys(context)),
      ),
    );
    expect([...new Set(keys)].filter((key) => !isFilled(key))).toEqual([]);
  });

  it.each([
    ['ds', 'ShareDirectory'],
    ['sts', 'GetCallerIdentity'],
    ['ec2', 'toString'],
    ['s3', 'GetObject'],
  ])('does not let pass what it does not know: %s %s', (service, operation) => {
    expect(() => need(service, operation, {})).toThrow(
      `The table of permissions does not know ${service} ${operation}.`,
    );
  });

  it('tells what is not certain only of operations that it knows', () => {
    for (const { operation: name, why } of unverified) {
      const [service = '', operation = ''] = name.split(':');
      expect(need(service, operation, {})).not.toEqual([]);
      expect(why).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('says that a call came over TLS, and whether a service made it for the caller', () => {
    const accesses = need('ds', 'AddIpRoutes', { DirectoryId: 'd-1234567890' });
    expect(accesses).toMatchObject([
      {
        action: 'ds:AddIpRoutes',
        context: { 'aws:SecureTransport': ['true'], 'aws:ViaAWSService': ['false'] },
      },
      { action: 'ec2:DescribeSecurityGroups', context: { 'aws:ViaAWSService': ['true'] } },
    ]);
  });
});
