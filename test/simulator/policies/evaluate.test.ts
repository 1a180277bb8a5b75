import { describe, expect, it } from 'vitest';
import type { Access } from '../../../simulator/policies/access.ts';
import { decide } from '../../../simulator/policies/evaluate.ts';
import { readPolicy } from '../../../simulator/policies/policy.ts';

const role = 'arn:aws:iam::111122223333:role/forestbridge-conclude';
const session = 'arn:aws:sts::111122223333:assumed-role/forestbridge-conclude/conclude';
const root = 'arn:aws:iam::111122223333:root';
const topic = 'arn:aws:sns:eu-central-1:111122223333:forestbridge-notifications';
const key = 'arn:aws:kms:eu-central-1:111122223333:key/k';
const Version = '2012-10-17';

const publish: Access = { action: 'sns:Publish', resources: [topic], context: {} };
const decrypt: Access = { action: 'kms:Decrypt', resources: [key], context: {} };
const allow = { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' };
const deny = { ...allow, Effect: 'Deny' };

const caller = [role, session];
const identity = (...Statement: readonly object[]) => [
  readPolicy('role', 'identity', { Version, Statement }),
];
const onResource = (arn: string, ...Statement: readonly object[]) =>
  new Map([[arn, readPolicy('resource', 'resource', { Version, Statement })]]);

describe('A decision', () => {
  it('is no where nobody says anything', () => {
    expect(decide({ caller, identity: [] }, publish)).toEqual({
      allowed: false,
      explicit: false,
      kind: 'identity',
      action: 'sns:Publish',
      resource: topic,
    });
  });

  it('is yes where a statement allows it, and tells every one that does', () => {
    const policies = identity({ ...allow, Sid: 'Notify' }, { ...allow, Action: ['sns:List*', 'SNS:pub*'] });
    expect(decide({ caller, identity: policies }, publish)).toEqual({
      allowed: true,
      statements: [
        { policy: 'role', statement: 'Notify', action: 'sns:Publish' },
        { policy: 'role', statement: '1', action: 'SNS:pub*' },
      ],
    });
  });

  it.each([
    ['another action', { ...allow, Action: 'sns:Subscribe' }],
    ['another resource', { ...allow, Resource: `${topic}-2` }],
    ['a condition that is not met', { ...allow, Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }],
    [
      'one of two conditions that is not met',
      {
        ...allow,
        Condition: {
          Null: { 'aws:ViaAWSService': 'true' },
          StringEquals: { 'aws:TagKeys': 'a', 'ec2:CreateAction': 'b' },
        },
      },
    ],
  ])('is no for %s', (_words, statement) => {
    const access = { ...publish, context: { 'aws:TagKeys': ['a'] } };
    expect(decide({ caller, identity: identity(statement) }, access)).toMatchObject({
      allowed: false,
      explicit: false,
    });
  });

  it('is no where a statement denies it, whatever allows it', () => {
    expect(decide({ caller, identity: identity(deny, allow) }, publish)).toMatchObject({
      allowed: false,
      explicit: true,
      kind: 'identity',
    });
  });

  it('needs every resource to be allowed, and names the one that is not', () => {
    const access = { ...publish, resources: [topic, `${topic}-2`] };
    const policies = identity({ ...allow, Resource: topic });
    expect(decide({ caller, identity: policies }, access)).toMatchObject({ resource: `${topic}-2` });
    const both = identity({ ...allow, Resource: [topic, `${topic}-2`] });
    expect(decide({ caller, identity: both }, access).allowed).toBe(true);
  });

  it.each([
    ['everybody', '*', true],
    ['the role', { AWS: role }, true],
    ['the session', { AWS: session }, true],
    ['another role', { AWS: `${role}-2` }, false],
    // Naming the account leaves it to the account's own policies.
    ['the account', { AWS: root }, false],
    ['the account by its number', { AWS: '111122223333' }, false],
    ['a service', { Service: 'events.amazonaws.com' }, false],
  ])("is by the resource's own policy where that allows %s: %j", (_words, Principal, allowed) => {
    const resource = onResource(topic, { ...allow, Principal });
    expect(decide({ caller, identity: [], resource }, publish).allowed).toBe(allowed);
  });

  it("lets a service in by a resource's policy", () => {
    const Principal = { Service: 'events.amazonaws.com' };
    const resource = onResource(topic, { ...allow, Principal });
    const service = { caller: ['events.amazonaws.com'], identity: [], resource };
    expect(decide(service, publish).allowed).toBe(true);
    expect(decide({ ...service, caller: ['scheduler.amazonaws.com'] }, publish).allowed).toBe(false);
  });

  it.each([[{ AWS: root }], ['*'], [{ AWS: role }]])(
    "is no where the resource's policy denies it to %j",
    (Principal) => {
      const resource = onResource(topic, { ...deny, Principal });
      expect(decide({ caller, identity: identity(allow), resource }, publish)).toMatchObject({
        explicit: true,
        kind: 'resource',
      });
    },
  );

  const use = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };

  it.each([
    ['its policy leaves to the account', { ...use, Principal: { AWS: root } }, true],
    ['its policy gives to the role', { ...use, Principal: { AWS: role } }, true],
    ['its policy gives to others', { ...use, Principal: { AWS: `${role}-2` } }, false],
    [
      'its policy gives for something else',
      { ...use, Action: 'kms:Encrypt', Principal: { AWS: root } },
      false,
    ],
  ])('on a key that %s: %#', (_words, statement, allowed) => {
    const resource = onResource(key, statement);
    const decision = decide({ caller, identity: identity(use), resource }, decrypt);
    expect(decision).toMatchObject(allowed ? { allowed } : { allowed, explicit: false, kind: 'resource' });
  });

  it('on a key does not come from the account alone', () => {
    const resource = onResource(key, { ...use, Principal: { AWS: root } });
    expect(decide({ caller, identity: [], resource }, decrypt)).toMatchObject({ allowed: false });
  });
});
