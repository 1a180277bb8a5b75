import { describe, expect, it } from 'vitest';
import { denial } from '../../../simulator/policies/denial.ts';
import { decide } from '../../../simulator/policies/evaluate.ts';
import { readPolicy } from '../../../simulator/policies/policy.ts';

const principal = 'arn:aws:sts::111122223333:assumed-role/forestbridge-join-domain/join-domain';
const database = 'arn:aws:rds:eu-central-1:111122223333:db:orders';

const denied = (action: string, resource: string, service?: string, Statement: readonly object[] = []) => {
  const access = { action, resources: [resource], context: {} };
  const identity = [readPolicy('role', 'identity', { Version: '2012-10-17', Statement })];
  const decision = decide({ caller: [principal], identity }, access);
  if (decision.allowed) throw new Error(`${action} is allowed.`);
  return denial(principal, access, decision, service);
};

describe('A denial', () => {
  it.each([
    ['ds:DeleteDirectory', 'AccessDeniedException', 400],
    ['dynamodb:GetItem', 'AccessDeniedException', 400],
    ['secretsmanager:GetSecretValue', 'AccessDeniedException', 400],
    ['ssm:SendCommand', 'AccessDeniedException', 400],
    ['states:DescribeExecution', 'AccessDeniedException', 400],
    ['lambda:InvokeFunction', 'AccessDeniedException', 403],
    ['rds:ModifyDBInstance', 'AccessDenied', 403],
    ['cloudformation:DescribeStacks', 'AccessDenied', 403],
    ['iam:GetRole', 'AccessDenied', 403],
    ['sts:AssumeRole', 'AccessDenied', 403],
    ['sns:Publish', 'AuthorizationError', 403],
    ['ec2:CreateSecurityGroup', 'UnauthorizedOperation', 403],
  ])('of %s is %s with status %i', (action, code, status) => {
    expect(denied(action, database)).toMatchObject({ code, status });
  });

  it("says what nobody allows, in AWS's words", () => {
    expect(denied('rds:ModifyDBInstance', database).message).toBe(
      `User: ${principal} is not authorized to perform: rds:ModifyDBInstance on resource: ${database} because no identity-based policy allows the rds:ModifyDBInstance action`,
    );
  });

  it('says what somebody denies', () => {
    const statement = { Effect: 'Deny', Action: 'rds:*', Resource: '*' };
    expect(denied('rds:ModifyDBInstance', database, 'rds', [statement]).message).toBe(
      `User: ${principal} is not authorized to perform: rds:ModifyDBInstance on resource: ${database} with an explicit deny in an identity-based policy`,
    );
  });

  it('says in a policy of which kind', () => {
    const decision = {
      allowed: false,
      explicit: true,
      kind: 'resource',
      action: 'sns:Publish',
      resource: '*',
    } as const;
    const access = { action: 'sns:Publish', resources: ['*'], context: {} };
    expect(denial(principal, access, decision).message).toContain(
      'with an explicit deny in a resource-based policy',
    );
  });

  it('has words of its own in EC2, and names no resource where there is none', () => {
    expect(denied('ec2:DescribeVpcs', '*').message).toBe(
      `You are not authorized to perform this operation. User: ${principal} is not authorized to perform: ec2:DescribeVpcs because no identity-based policy allows the ec2:DescribeVpcs action`,
    );
    expect(denied('ec2:DeleteSecurityGroup', 'arn:aws:ec2:r:1:security-group/x').message).toContain(
      ' on resource: arn:aws:ec2:r:1:security-group/x because',
    );
  });

  it('is an error of the service that was called, whose action it is not', () => {
    const role = 'arn:aws:iam::111122223333:role/forestbridge-rds-domain';
    expect(denied('iam:PassRole', role, 'rds')).toMatchObject({ code: 'AccessDenied' });
    expect(denied('ec2:CreateSecurityGroup', '*', 'ds')).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringMatching(/^User: .* ec2:CreateSecurityGroup on resource: \* because/),
    });
  });
});
