import { describe, expect, it } from 'vitest';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { ended, refusal, silent, success } from './answers.ts';
import {
  ask,
  concluded,
  creation,
  deletion,
  executionArn,
  launched,
  otherStack,
  productAccount,
  requestId,
  told,
} from './product.ts';

describe('a product that is launched', () => {
  it('starts the execution, and CloudFormation is told so at once', async () => {
    const account = await productAccount();

    expect(await ask(account, creation())).toEqual({});

    expect(account.puts).toEqual([
      {
        url: 'https://response.example.com/?signature=create-1',
        body: {
          ...success,
          RequestId: 'create-1',
          LogicalResourceId: 'Request',
          Reason: `The execution ${requestId}-create-1 has begun.`,
          Data: { Execution: `${requestId}-create-1` },
        },
      },
    ]);
    const execution = account.executions.find(executionArn('create-1'));
    expect(execution?.input).toEqual({
      requestId,
      directory: {
        name: `${requestId}.example.com`,
        shortName: 'PPMYCPUOGT2I45S',
        vpcId: 'vpc-0a1b2c3d4e5f60718',
        subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
      },
      onPremises: {
        domainName: 'corp.example.com',
        shortName: 'CORP',
        dnsIpAddresses: ['10.20.0.10', '10.20.0.11'],
        networks: ['10.20.0.0/16'],
        clientNetworks: ['10.30.0.0/16'],
        domainController: { managedNodeId: 'mi-0a1b2c3d4e5f60718' },
      },
      trust: { type: 'Forest', direction: 'One-Way: Outgoing', selectiveAuthentication: false },
      database: {
        identifier: 'orders',
        engine: 'sqlserver-se',
        instanceClass: 'db.r6i.large',
        allocatedStorage: 100,
        storageType: 'gp3',
        multiAz: false,
        backupRetentionDays: 7,
        deletionProtection: true,
        subnetIds: ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'],
        allowedNetworks: ['10.30.0.0/16'],
        windowsLogins: [
          { name: 'CORP\\DBAdmins', serverRoles: ['processadmin'] },
          { name: "CORP\\O'Brien", serverRoles: ['processadmin'] },
        ],
      },
    });
    await account.executions.ended(executionArn('create-1'));
  });

  it.each([
    ['SUCCEEDED', [], 'SUCCESS', 'is done: the directory'],
    ['FAILED', ['TrustFailed'], 'FAILURE', 'with TrustFailed'],
  ])('has its wait ended when the execution has %s', async (_status, errors, Status, words) => {
    const account = await productAccount(errors);
    await ask(account, creation());

    await concluded(account, 'create-1');
    await concluded(account, 'create-1');

    expect(account.puts.slice(1)).toEqual([
      {
        url: 'https://wait.example.com/?signature=w',
        body: {
          Status,
          UniqueId: `${requestId}-create-1`,
          Reason: expect.stringContaining(words),
          Data: Status === 'SUCCESS' ? 'done' : 'failed',
        },
      },
    ]);
  });

  it('has its wait ended though people cannot be told, who are told once they can be', async () => {
    const account = await productAccount();
    await ask(account, creation());
    account.disturb(silent);
    for (let delivery = 1; delivery <= 3; delivery += 1)
      await expect(concluded(account, 'create-1')).rejects.toMatchObject({ name: 'Throttled' });
    expect(account.puts.slice(1)).toMatchObject([{ body: { Status: 'SUCCESS' } }]);
    expect(account.messages).toEqual([]);

    account.disturb((_call, answer) => answer());
    await concluded(account, 'create-1');
    await concluded(account, 'create-1');

    expect(account.puts).toHaveLength(2);
    expect(account.messages).toMatchObject([{ subject: `Forestbridge: ${requestId} is done` }]);
  });

  it('has people told once though its wait cannot be ended, and sets the request free', async () => {
    const account = await productAccount();
    await ask(account, creation());
    const claim = account.claimOf(executionArn('create-1'), requestId);
    await claim.take(null, new Date());
    account.statuses.push(...Array.from({ length: 9 }, () => 403));

    for (let delivery = 1; delivery <= 3; delivery += 1)
      await expect(concluded(account, 'create-1')).rejects.toMatchObject({ name: 'Throttled' });

    expect(account.messages).toMatchObject([{ subject: `Forestbridge: ${requestId} is done` }]);
    expect(await claim.holder()).toBeNull();
    expect(account.puts).toHaveLength(10);
  });

  it.each(Object.entries(mishaps))(
    'has its wait ended with the same words by whatever call: %s',
    async (_name, mishap) => {
      const undisturbed = await ended();
      await concluded(undisturbed, 'create-1');
      for (const position of positionsOf([...undisturbed.calls], mishap)) {
        const account = await ended();
        account.disturb(at(position, mishap));
        if (mishap !== mishaps.carriedOutTwice)
          await expect(concluded(account, 'create-1')).rejects.toMatchObject({ name: 'Throttled' });
        await concluded(account, 'create-1');
        await concluded(account, 'create-1');

        expect(new Set(account.puts.map((put) => JSON.stringify(put)))).toEqual(
          new Set(undisturbed.puts.map((put) => JSON.stringify(put))),
        );
        expect(new Set(account.messages.map(({ body }) => body)).size).toBe(1);
      }
    },
  );

  it('has its wait ended when somebody stops the execution', async () => {
    const account = await productAccount();
    await ask(account, creation());
    account.executions.find(executionArn('create-1'))?.stop(undefined, undefined);

    await concluded(account, 'create-1');

    expect(told(account)).toMatchObject({
      Status: 'FAILURE',
      Reason: expect.stringContaining('was stopped'),
    });
  });

  it('is one product where CloudFormation asks twice, even after the end', async () => {
    const account = await productAccount();
    await ask(account, creation());
    await ask(account, creation());
    await concluded(account, 'create-1');

    await ask(account, creation());
    await concluded(account, 'create-1');

    expect(account.puts.map(({ body }) => body)).toMatchObject([
      success,
      success,
      { UniqueId: `${requestId}-create-1` },
      success,
    ]);
    expect(account.executions.all).toHaveLength(1);
  });

  it.each([[[503]], [[0, 403]]])('is answered where the URL fails first: %j', async (statuses) => {
    const account = await productAccount();
    account.statuses.push(...statuses);

    await ask(account, creation());

    expect(told(account)).toMatchObject(success);
    await account.executions.ended(executionArn('create-1'));
  });

  it.each([
    [[500, 500, 503], 'HTTP status 503'],
    [[0, 0, 0], 'there was no answer'],
  ])('is asked for again where the URL goes on failing, and never tells it: %j', async (statuses, words) => {
    const account = await productAccount();
    account.statuses.push(...statuses);

    await expect(ask(account, creation())).rejects.toMatchObject({
      name: 'Throttled',
      message: `CloudFormation could not be told the outcome: ${words}. It is tried again.`,
    });
    await ask(account, creation());

    expect(told(account)).toMatchObject(success);
    expect(JSON.stringify(account.log)).not.toContain('signature');
    await account.executions.ended(executionArn('create-1'));
  });

  it('keeps the signed URL out of the execution', async () => {
    const account = await productAccount();
    await ask(account, creation());

    const { input, history } = account.executions.find(executionArn('create-1')) ?? {};

    expect(JSON.stringify([input, history])).not.toContain('signature');
    await concluded(account, 'create-1');
    expect(
      JSON.stringify(await account.item(`waiting#${executionArn('create-1')}`, requestId)),
    ).not.toContain('signature');
  });

  it.each([
    ['another domain', { DomainName: 'other.example.com' }, 'Unrecognized key: "DomainName"'],
    ['another node', { ManagedNodeId: 'mi-0a1b2c3d4e5f60719' }, 'Unrecognized key: "ManagedNodeId"'],
    ['an existing instance', { Existing: 'true' }, 'Unrecognized key: "Existing"'],
    ['another connection', { Connection: 'other' }, 'no connection other. Choose one of: corp.'],
    ['other networks', { AllowedNetworks: ['10.99.0.0/16'] }, '10.99.0.0/16 is not allowed'],
    ["another domain's login", { Logins: ['OTHER\\DBAdmins'] }, 'write "CORP\\\\DBAdmins"'],
    ['manual mode', { Mode: 'manual' }, 'start one in manual mode by hand'],
    ['no whole number', { StorageGiB: 'much' }, 'StorageGiB: write a whole number'],
    ['no answer to a question', { MultiAz: undefined }, 'MultiAz: '],
    ['a cluster without backups', { MultiAz: 'true', BackupDays: '0' }, 'database.backupRetentionDays'],
  ])('is refused with %s, at once and for good', async (_what, changes, words) => {
    const account = await productAccount();

    await ask(account, creation(changes));

    expect(told(account)).toMatchObject(refusal(words));
    expect(account.executions.all).toEqual([]);
    await ask(account, deletion());
    expect(told(account)).toMatchObject({ ...success, Reason: 'Nothing was ever made for it.' });
  });

  it("is refused where the request is another stack's", async () => {
    const account = await launched();

    await ask(account, creation({}, { StackId: otherStack }));

    expect(told(account)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('belongs to another stack'),
    });
    expect(account.executions.all).toHaveLength(1);
  });

  it.each([
    'arn:aws:cloudformation:eu-west-1:123456789012:stack/databases/1111',
    'arn:aws:cloudformation:eu-west-1:123456789012:stack/SC-999999999999-pp-mycpuogt2i45s/1111',
    'arn:aws:cloudformation:eu-west-1:123456789012:stack/SC-123456789012-pp-My/1111',
  ])("is refused in a stack that is none of Service Catalog's: %s", async (StackId) => {
    const account = await productAccount();

    await ask(account, creation({}, { StackId }));
    expect(told(account)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'none',
      Reason: expect.stringContaining("is none of Service Catalog's"),
    });

    await ask(account, deletion({ StackId, PhysicalResourceId: 'none' }));
    expect(told(account)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'none' });
  });
});
