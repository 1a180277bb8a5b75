import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { databaseAccount, policyArn, roleName, trustPolicy } from '../../support/database-account.ts';

const prepare = async () => {
  const account = await databaseAccount();
  return { account, client: new IAMClient(account.configuration) };
};

const principal = 'rds.amazonaws.com';
const statement = (change: object) =>
  JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole', ...change }],
  });

describe('IAM', () => {
  it('hands out the trust policy URL-encoded', async () => {
    const { client } = await prepare();

    const { Role } = await client.send(new GetRoleCommand({ RoleName: roleName }));

    expect(Role?.Arn).toBe(`arn:aws:iam::123456789012:role/${roleName}`);
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B/);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trustPolicy);
  });

  it('makes a role that the other services see some seconds later, after each change', async () => {
    const { account, client } = await prepare();
    const usable = () => account.roles.usable('new', principal, policyArn);
    const Tags = [{ Key: 'team', Value: 'x' }];

    const { Role } = await client.send(
      new CreateRoleCommand({
        RoleName: 'new',
        AssumeRolePolicyDocument: trustPolicy,
        Description: 'A role',
        Tags,
      }),
    );

    expect(Role).toMatchObject({ RoleName: 'new', Description: 'A role', Tags });
    expect(usable()).toBe('the role new is too new');
    await account.minutes(1);
    expect(usable()).toBe(`the role new lacks ${policyArn}`);
    await client.send(new AttachRolePolicyCommand({ RoleName: 'new', PolicyArn: policyArn }));
    expect(usable()).toBe('the role new is too new');
    await account.minutes(1);
    expect(usable()).toBe(true);
    await expect(
      client.send(new ListAttachedRolePoliciesCommand({ RoleName: 'new' })),
    ).resolves.toMatchObject({
      AttachedPolicies: [{ PolicyArn: policyArn, PolicyName: 'AmazonRDSDirectoryServiceAccess' }],
    });
    await client.send(new DetachRolePolicyCommand({ RoleName: 'new', PolicyArn: policyArn }));
    await account.minutes(1);
    expect(usable()).toBe(`the role new lacks ${policyArn}`);
  });

  it.each([
    ['a role that is not there', 'none', trustPolicy, 'there is no role none'],
    ['a role that a service is trusted by', 'new', statement({}), true],
    ['services in a list', 'new', statement({ Principal: { Service: [principal] } }), true],
    ['another service', 'new', statement({ Principal: { Service: 'ec2.amazonaws.com' } }), 'does not trust'],
    ['anybody by another kind', 'new', statement({ Principal: '*' }), 'does not trust'],
    ['a denial', 'new', statement({ Effect: 'Deny' }), 'does not trust'],
    ['another action', 'new', statement({ Action: 'sts:TagSession' }), 'does not trust'],
  ])('judges %s', async (_what, name, policy, verdict) => {
    const { account } = await prepare();
    account.roles.place({ name: 'new', trustPolicy: policy }, [policyArn]);

    expect(account.roles.usable(name, principal, policyArn)).toEqual(
      typeof verdict === 'string' ? expect.stringContaining(verdict) : verdict,
    );
  });

  it('forgets a role that is removed', async () => {
    const { account } = await prepare();
    for (const role of account.roles.all) account.roles.remove(role);

    expect(account.roles.find(roleName)).toBeUndefined();
  });

  it('answers with the codes that outside clients see', async () => {
    const { client } = await prepare();
    const unknown = { RoleName: 'none', PolicyArn: policyArn };
    const missing = { name: 'NoSuchEntityException' };

    await expect(client.send(new GetRoleCommand(unknown))).rejects.toMatchObject(missing);
    await expect(client.send(new AttachRolePolicyCommand(unknown))).rejects.toMatchObject(missing);
    await expect(
      client.send(
        new DetachRolePolicyCommand({ RoleName: roleName, PolicyArn: 'arn:aws:iam::aws:policy/None' }),
      ),
    ).rejects.toMatchObject(missing);
    await expect(
      client.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: trustPolicy })),
    ).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
  });

  it.each(['{', '1', 'null', '{}'])('refuses the document %s', async (AssumeRolePolicyDocument) => {
    const { client } = await prepare();

    await expect(
      client.send(new CreateRoleCommand({ RoleName: 'new', AssumeRolePolicyDocument })),
    ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  });
});
