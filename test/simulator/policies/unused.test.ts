import { describe, expect, it } from 'vitest';
import { decide } from '../../../simulator/policies/evaluate.ts';
import { readPolicy } from '../../../simulator/policies/policy.ts';
import { unusedGrants } from '../../../simulator/policies/unused.ts';

const policy = readPolicy('conclude', 'identity', {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['sns:Publish', 'sns:Subscribe'], Resource: '*' },
    { Effect: 'Allow', Action: ['sns:Publish'], Resource: 'arn:aws:sns:*:*:other' },
    { Effect: 'Deny', Action: ['sns:DeleteTopic'], Resource: '*' },
  ],
});
const decision = (action: string) =>
  decide(
    { caller: [], identity: [policy] },
    { action, resources: ['arn:aws:sns:eu-central-1:111122223333:topic'], context: {} },
  );

describe('Unused grants', () => {
  it('are the allowed actions that no decision came from, statement by statement', () => {
    const decisions = [decision('sns:Publish'), decision('sns:DeleteTopic'), decision('sns:ListTopics')];
    expect(unusedGrants([policy], decisions)).toEqual([
      { policy: 'conclude', statement: '0', action: 'sns:Subscribe' },
      { policy: 'conclude', statement: '1', action: 'sns:Publish' },
    ]);
  });
});
