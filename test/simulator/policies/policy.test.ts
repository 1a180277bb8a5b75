import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../simulator/policies/policy.ts';

const statement = { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' };
const read = (changed: object, kind: 'identity' | 'resource' = 'identity') =>
  readPolicy('conclude', kind, { Version: '2012-10-17', Statement: [{ ...statement, ...changed }] });

describe('A policy document', () => {
  it('is read with one or with many of everything', () => {
    const policy = readPolicy('conclude', 'identity', {
      Version: '2012-10-17',
      Statement: {
        ...statement,
        Action: ['sns:Publish', 'sns:Get*'],
        Condition: { Bool: { 'aws:SecureTransport': true }, StringLike: { 'aws:TagKeys': ['a', 'b'] } },
      },
    });
    expect(policy).toMatchObject({
      name: 'conclude',
      statements: [
        {
          name: '0',
          effect: 'Allow',
          actions: ['sns:Publish', 'sns:Get*'],
          resources: ['*'],
          principals: null,
          conditions: [
            { key: 'aws:SecureTransport', values: ['true'] },
            { key: 'aws:TagKeys', values: ['a', 'b'] },
          ],
        },
      ],
    });
  });

  it('gives statements the names that they have', () => {
    expect(read({ Sid: 'Notify' }).statements).toMatchObject([{ name: 'Notify' }]);
  });

  it.each([
    ['*', { aws: ['*'], services: [] }],
    [{ AWS: '111122223333' }, { aws: ['111122223333'], services: [] }],
    [
      { Service: ['a.amazonaws.com', 'b.amazonaws.com'] },
      { aws: [], services: ['a.amazonaws.com', 'b.amazonaws.com'] },
    ],
  ])('of a resource names principals: %j', (Principal, principals) => {
    expect(read({ Principal }, 'resource').statements).toMatchObject([{ principals }]);
  });

  it.each([
    [{ NotAction: 'sns:Publish' }, 'NotAction is not evaluated here'],
    [{ NotResource: '*' }, 'NotResource is not evaluated here'],
    [{ NotPrincipal: '*' }, 'NotPrincipal is not evaluated here'],
    [{ Principal: '*' }, "a resource's policy names principals"],
    [{ Effect: 'allow' }, 'Effect'],
    [{ Action: [] }, 'a statement has an action'],
    [{ Resource: [] }, 'a statement has a resource'],
    [{ Action: 'Publish' }, 'an action is * or service:Action'],
    [{ Action: 'sns:Publish ' }, 'an action is * or service:Action'],
    [{ Resource: 'forestbridge-notifications' }, 'a resource is * or an ARN'],
    [{ Resource: 'arn:aws:sns' }, 'a resource is * or an ARN'],
    [{ Resource: { 'Fn::GetAtt': ['Topic', 'Arn'] } }, 'Resource'],
    [{ Resource: 'arn:aws:iam::1:user/${aws:username}' }, 'policy variables are not evaluated'],
    [
      { Condition: { StringEquals: { 'aws:TagKeys': '${aws:username}' } } },
      'policy variables are not evaluated',
    ],
    [{ Condition: { StringIs: { 'aws:TagKeys': 'a' } } }, 'The operator StringIs is not evaluated'],
    [{ Condition: { StringEquals: { 'aws:TagKeys': [] } } }, 'names no value'],
    [
      { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } },
      'no call ever fills in the key aws:PrincipalTag/team',
    ],
    [{ Conditions: {} }, 'Conditions'],
  ])('is refused with what we do not evaluate: %j', (changed, words) => {
    expect(() => read(changed)).toThrow(words);
  });

  it.each([
    ['without principals', {}],
    ['with principals of another kind', { Principal: { Federated: 'x' } }],
  ])('of a resource is refused %s', (_words, changed) => {
    expect(() => read(changed, 'resource')).toThrow('conclude');
  });

  it('may ask in a resource for keys that only services fill in', () => {
    const Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:rds:*:111122223333:db:*' } };
    const Principal = { Service: 'rds.amazonaws.com' };
    expect(read({ Principal, Condition }, 'resource').statements[0]?.conditions).toHaveLength(1);
  });

  it('is refused in the older version, and without statements', () => {
    expect(() => readPolicy('old', 'identity', { Version: '2008-10-17', Statement: [] })).toThrow('old');
    expect(() => readPolicy('none', 'identity', { Version: '2012-10-17' })).toThrow('none');
  });
});
