import { beforeAll, describe, expect, it } from 'vitest';
import { domainRoleName } from '../../../../simulator/world/from-request.ts';
import { domainRolePolicy } from '../../../../simulator/world/world.ts';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { example } from '../requests.ts';

const services = ['rds.amazonaws.com', 'directoryservice.rds.amazonaws.com'];
const allow = (Service: string | readonly string[], change: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service },
  Action: 'sts:AssumeRole',
  ...change,
});
const lacks = (...names: readonly string[]) => ({
  level: 'error',
  code: 'domain-role-trust',
  message: `The role ${domainRoleName} does not let ${names.join(' and ')} take it on (sts:AssumeRole). Deploy Forestbridge again, which makes it, or mend it by hand.`,
});

const policy = (words: string) => ({
  level: 'error',
  code: 'domain-role-policy',
  message: expect.stringContaining(words),
});

describe('the role by which RDS joins databases', () => {
  let account: PreflightAccount;
  beforeAll(async () => {
    account = await preflightAccount(example('existing-instance'));
  });
  const found = (document: unknown) => {
    account.altering('GetRole', {
      'Role.AssumeRolePolicyDocument': encodeURIComponent(JSON.stringify(document)),
    });
    return account.findings();
  };

  it.each([
    ['one statement', { Statement: allow(services) }],
    ['a statement each', { Statement: services.map((service) => allow(service)) }],
    ['a list of actions', { Statement: [allow(services, { Action: ['sts:TagSession', 'sts:AssumeRole'] })] }],
    [
      'a statement of others too',
      { Statement: [{ Effect: 'Deny', Principal: '*', Action: '*' }, allow(services)] },
    ],
  ])('lets both services take it on by %s', async (_name, document) => {
    expect(await found(document)).toEqual([]);
  });

  it.each([
    ['one service only', { Statement: [allow('rds.amazonaws.com')] }, services.slice(1)],
    [
      'the other one only',
      { Statement: [allow('directoryservice.rds.amazonaws.com')] },
      services.slice(0, 1),
    ],
    ['a denial', { Statement: [allow(services, { Effect: 'Deny' })] }, services],
    ['another action', { Statement: [allow(services, { Action: 'sts:TagSession' })] }, services],
    ['an account', { Statement: [allow(services, { Principal: { AWS: '111122223333' } })] }, services],
    ['nothing', {}, services],
  ])('must let both services take it on, and has %s', async (_name, document, lacking) => {
    expect(await found(document)).toEqual([lacks(...lacking)]);
  });

  it('must show whom it lets take it on', async () => {
    account.altering('GetRole', { 'Role.AssumeRolePolicyDocument': undefined });

    expect(await account.findings()).toEqual([lacks(...services)]);
  });

  it.each([
    ['another policy', [{ PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }]],
    [
      'a policy of that name of its own',
      [{ PolicyArn: domainRolePolicy.replace('aws:policy', '111122223333:policy') }],
    ],
    ['no policies', undefined],
  ])('must have AWS’s policy, and has %s', async (_name, AttachedPolicies) => {
    account.altering('ListAttachedRolePolicies', { AttachedPolicies });

    expect(await account.findings()).toEqual([policy(`lacks the managed policy ${domainRolePolicy}`)]);
  });

  it('has the policy of its own partition', async () => {
    account.altering('GetRole', { 'Role.Arn': 'arn:aws-cn:iam::111122223333:role/x' });
    expect(await account.findings()).toEqual([policy(domainRolePolicy.replace('arn:aws:', 'arn:aws-cn:'))]);

    account.altering('GetRole', { 'Role.Arn': undefined });
    expect(await account.findings()).toEqual([policy('AmazonRDSDirectoryServiceAccess')]);
  });

  it('must be there', async () => {
    account.disturb((_call, answer) => answer());
    for (const role of account.world.roles.all) account.world.roles.remove(role);

    expect(await account.findings()).toEqual([
      {
        level: 'error',
        code: 'domain-role-missing',
        message: expect.stringContaining(
          `There is no role ${domainRoleName} for RDS to join databases with.`,
        ),
      },
    ]);
  });
});
