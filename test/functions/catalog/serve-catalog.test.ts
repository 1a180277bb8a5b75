import { describe, expect, it } from 'vitest';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import type { ReportAccount } from '../../support/report-account.ts';
import {
  ask,
  concluded,
  creation,
  deletion,
  executionArn,
  form,
  launched,
  looking,
  madeDirectory,
  otherStack,
  productAccount,
  publish,
  requestId,
  result,
  stack,
  told,
  updating,
} from './product.ts';

/** SNS takes nothing. */
const silent: (typeof mishaps)['throttled'] = (call, answer) =>
  call.service === 'sns' ? mishaps.throttled(call, answer) : answer();

const success = { Status: 'SUCCESS', PhysicalResourceId: requestId, StackId: stack };
const refusal = (words: string) => ({
  Status: 'FAILED',
  PhysicalResourceId: requestId,
  StackId: stack,
  Reason: expect.stringContaining(words),
});

/** A product whose execution has ended, and nobody was told. */
const ended = async (): Promise<ReportAccount> => {
  const account = await productAccount();
  await ask(account, creation());
  await account.executions.ended(executionArn('create-1'));
  await account.claimOf(executionArn('create-1'), requestId).take(null, new Date());
  account.puts.length = 0;
  account.disturb((_call, answer) => answer());
  return account;
};

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

describe('a product that is updated', () => {
  it('is answered when the execution has ended', async () => {
    const account = await launched();

    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));
    expect(account.puts).toEqual([]);
    await concluded(account, 'update-1');
    await concluded(account, 'update-1');

    expect(account.puts).toEqual([
      {
        url: 'https://response.example.com/?signature=update-1',
        body: {
          ...success,
          RequestId: 'update-1',
          LogicalResourceId: 'Request',
          Reason: expect.stringContaining('is done'),
          Data: { Execution: `${requestId}-update-1` },
        },
      },
    ]);
  });

  it('is told to update again where the execution takes longer than CloudFormation waits', async () => {
    const account = await launched(90);
    const begun = account.clock.now();
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));

    await account.executions.ended(executionArn('update-1').replace('provision', 'watch-update'));

    expect((account.clock.now() - begun) / 60_000).toBeCloseTo(55);
    expect(account.puts).toMatchObject([
      {
        url: 'https://response.example.com/?signature=update-1',
        body: refusal('update again with the same values'),
      },
    ]);
    await concluded(account, 'update-1');
    expect(account.puts).toHaveLength(1);

    // The same is asked for once more, which was carried out meanwhile; so what stood before is no more.
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }, { RequestId: 'update-2' }));
    expect(told(account)).toMatchObject({
      ...success,
      Reason: 'Nothing changes.',
      Data: { Execution: `${requestId}-update-1` },
    });
    await ask(account, updating({}, { RequestId: 'update-3' }));
    expect(told(account)).toMatchObject(refusal('CORP\\App cannot be taken away'));
  });

  it('stands as it was, to CloudFormation, while the execution goes on for longer than that', async () => {
    const account = await launched(90);
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));
    await account.executions.ended(executionArn('update-1').replace('provision', 'watch-update'));
    account.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');

    await ask(account, updating({}, { RequestId: 'rollback-1' }));

    expect(told(account)).toMatchObject({ ...success, Data: { Execution: `${requestId}-create-1` } });
    await account.executions.ended(executionArn('update-1'));
  });

  it('is what a redrive made of it, after a failure was told', async () => {
    const account = await productAccount([null, 'LoginFailed']);
    await ask(account, creation());
    await concluded(account, 'create-1');
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));
    await concluded(account, 'update-1');
    expect(told(account)).toMatchObject(refusal('with LoginFailed'));
    const answers = account.puts.length;

    await account.redriven(executionArn('update-1'));
    await concluded(account, 'update-1');
    await concluded(account, 'update-1');

    expect(account.puts).toHaveLength(answers);
    await ask(account, updating({}, { RequestId: 'update-2' }));
    expect(told(account)).toMatchObject(refusal('CORP\\App cannot be taken away'));
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }, { RequestId: 'update-3' }));
    expect(told(account)).toMatchObject({ ...success, Data: { Execution: `${requestId}-update-1` } });
  });

  it('is what the last execution made of it, though an older one ends late or is told of late', async () => {
    const account = await productAccount([null, 'LoginFailed']);
    const more = [...form.Logins, 'App'];
    const most = [...more, 'Readers'];
    await ask(account, creation());
    await concluded(account, 'create-1');
    await ask(account, updating({ Logins: more }));
    await concluded(account, 'update-1');
    await ask(account, updating({ Logins: most }, { RequestId: 'update-2' }));
    await concluded(account, 'update-2');

    await account.redriven(executionArn('update-1'));
    await concluded(account, 'update-1');
    await concluded(account, 'create-1');

    await ask(account, updating({ Logins: most }, { RequestId: 'update-3' }));
    expect(told(account)).toMatchObject({ ...success, Data: { Execution: `${requestId}-update-2` } });
    await ask(account, updating({ Logins: more }, { RequestId: 'update-4' }));
    expect(told(account)).toMatchObject(refusal('CORP\\Readers cannot be taken away'));
  });

  it.each([
    ['CloudFormation', ({ statuses }: ReportAccount) => void statuses.push(403, 403, 403)],
    ['people', ({ disturb }: ReportAccount) => disturb(silent)],
  ])('is what was carried out, also where %s cannot be told of it', async (_who, hinder) => {
    const account = await launched();
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));
    hinder(account);
    await expect(concluded(account, 'update-1')).rejects.toMatchObject({ name: 'Throttled' });
    account.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');

    await ask(account, updating({}, { RequestId: 'rollback-1' }));

    expect(told(account)).toMatchObject({ ...success, Data: { Execution: `${requestId}-update-1` } });
    account.stackIs('UPDATE_IN_PROGRESS');
    await ask(account, updating({}, { RequestId: 'update-2' }));
    expect(told(account)).toMatchObject(refusal('CORP\\App cannot be taken away'));
  });

  it.each([
    ['what would be taken away', { Logins: ['DBAdmins'], StorageGiB: '50' }],
    ['what means the same in other words', { AllowedNetworks: ['10.30.0.0/16'] }],
    ['a form of another version', { Connection: 'gone', Surprise: 'yes', LoginRoles: undefined }],
  ])('is taken back in CloudFormation alone, whatever stood before: %s', async (_what, before) => {
    const account = await launched();
    account.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');

    await ask(account, updating(before, { RequestId: 'rollback-1' }));

    expect(told(account)).toMatchObject({
      ...success,
      Reason: 'What was carried out stays. Update again with the values that are wanted.',
      Data: { Execution: `${requestId}-create-1` },
    });
    expect(account.executions.all).toHaveLength(1);
  });

  it("is not taken back by another one's stack, and is where nothing is known of what was carried out", async () => {
    const account = await productAccount();
    account.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');
    await ask(account, creation());
    await ask(account, updating());
    expect(told(account)).toMatchObject({ Status: 'SUCCESS', Data: { Execution: '' } });

    await ask(account, updating({}, { StackId: otherStack }));

    expect(told(account)).toMatchObject({ Reason: expect.stringContaining('belongs to another stack') });
    await account.executions.ended(executionArn('create-1'));
  });

  it('is not told anything at 55 minutes where it was answered before', async () => {
    const account = await launched();
    await ask(
      account,
      updating({ DeletionProtection: 'true', AllowedNetworks: ['10.30.0.0/16', '10.20.1.0/24'] }),
    );
    await concluded(account, 'update-1');

    await account.executions.ended(executionArn('update-1').replace('provision', 'watch-update'));

    expect(account.puts).toHaveLength(1);
  });

  it('comes to one execution and one watch where CloudFormation asks twice', async () => {
    const account = await launched();
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));
    await concluded(account, 'update-1');

    expect(account.puts).toMatchObject([{ body: success }]);
    expect(account.executions.all).toHaveLength(3);
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));
    expect(told(account)).toMatchObject({ ...success, Reason: 'Nothing changes.' });
  });

  it('shows the name of its execution to nobody who could take it', async () => {
    const account = await launched();
    const started: unknown[] = [];
    account.disturb((call, answer) => {
      if (call.operation === 'StartExecution') started.push(Object(call.input).stateMachineArn);
      return answer();
    });

    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));

    expect(started).toEqual(
      ['provision', 'watch-update'].map((name) => expect.stringMatching(`forestbridge-${name}$`)),
    );
    await account.executions.ended(executionArn('update-1'));
  });

  it('says why where the execution fails, and stands as it was', async () => {
    const account = await productAccount([]);
    await ask(account, creation());
    await concluded(account, 'create-1');
    await ask(account, updating({ Logins: [...form.Logins, 'App'] }));
    account.executions.find(executionArn('update-1'))?.stop('Withdrawn', 'Nobody wants it.');
    await concluded(account, 'update-1');
    expect(told(account)).toMatchObject(refusal('was stopped'));

    await ask(account, updating({}, { RequestId: 'rollback-1' }));

    expect(told(account)).toMatchObject({ ...success, Reason: 'Nothing changes.' });
  });

  it.each([
    [{ Connection: 'other' }, 'Connection is corp and stays so (other was asked for)'],
    [{ DatabaseIdentifier: 'orders-2' }, 'DatabaseIdentifier is orders'],
    [{ Engine: 'sqlserver-ee' }, 'Engine is'],
    [{ InstanceClass: 'db.r6i.xlarge' }, 'InstanceClass is'],
    [{ StorageGiB: '200' }, 'StorageGiB is 100'],
    [{ MultiAz: 'true' }, 'MultiAz is false'],
    [{ BackupDays: '8' }, 'BackupDays is 7'],
    [{ DeletionProtection: 'false' }, 'DeletionProtection can be switched on'],
    [{ Logins: ['DBAdmins'] }, "Logins can be added to, and CORP\\O'Brien cannot be taken away"],
    [{ LoginRoles: 'none' }, 'LoginRoles can be added to, and processadmin cannot be taken away.'],
    [
      { LoginRoles: 'setupadmin', StorageGiB: '200', Logins: ['dbadmins'] },
      "StorageGiB is 100 and stays so (200 was asked for); Logins can be added to, and CORP\\O'Brien cannot be taken away; LoginRoles can be added to, and processadmin cannot",
    ],
    [
      { AllowedNetworks: ['10.30.1.0/24', '10.20.0.0/24'] },
      "AllowedNetworks can be added to, and 10.30.0.0/16 cannot be taken away (left empty it means all clients' networks: 10.30.0.0/16).",
    ],
    [{ AllowedNetworks: ['10.99.0.0/16'] }, '10.99.0.0/16 is not allowed'],
    [{ AllowedNetworks: ['all'] }, 'write an IPv4 network'],
  ])('is refused at once where it cannot be brought about: %j', async (changes, words) => {
    const account = await launched();

    await ask(account, updating(changes));

    expect(told(account)).toMatchObject(refusal(words));
    expect(account.executions.all).toHaveLength(1);
  });

  it.each([
    [['10.20.1.0/24'], [''], 'and 10.20.1.0/24 cannot be taken away (left empty'],
    [['10.30.1.0/24', '10.20.1.0/24'], ['10.20.0.0/16'], 'and 10.30.1.0/24 cannot be taken away.'],
  ])('is refused where networks are taken away: %j becomes %j', async (was, is, words) => {
    const account = await launched(30, { AllowedNetworks: was });

    await ask(account, updating({ AllowedNetworks: is }));

    expect(told(account)).toMatchObject(refusal(words));
    expect(account.executions.all).toHaveLength(1);
  });

  it.each([
    ['more networks by leaving them empty', { AllowedNetworks: ['10.30.1.0/24'] }, { AllowedNetworks: [''] }],
    [
      'wider networks',
      { AllowedNetworks: ['10.30.1.0/24', '10.20.1.0/24'] },
      { AllowedNetworks: ['10.30.0.0/16', '10.20.0.0/16'] },
    ],
    ['all networks by name', {}, { AllowedNetworks: ['10.30.0.0/16'] }],
    ['the same accounts in other words', {}, { Logins: ['CORP\\dbadmins', "O'Brien"] }],
    ['first logins, with other roles', { Logins: [''] }, { Logins: ['App'], LoginRoles: 'setupadmin' }],
    ['another role', {}, { LoginRoles: 'processadmin and setupadmin' }],
    ['nothing but another repetition', {}, { Repetition: '1' }],
    ['a repetition where the form had none', { Repetition: undefined }, { Repetition: '1' }],
  ])('may name %s', async (_what, was, is) => {
    const account = await launched(30, was);

    await ask(account, updating({ ...was, ...is }));
    await concluded(account, 'update-1');

    expect(told(account)).toMatchObject({ ...success, Data: { Execution: `${requestId}-update-1` } });
  });

  it('is refused where it never succeeded', async () => {
    const account = await productAccount(['TrustFailed']);
    await ask(account, updating());
    expect(told(account)).toMatchObject(refusal('was never carried out'));
    await ask(account, creation());
    await concluded(account, 'create-1');

    await ask(account, updating());

    expect(told(account)).toMatchObject(refusal('was never carried out'));
  });

  it.each([
    ['another stack', { StackId: otherStack }],
    ['another request', { PhysicalResourceId: 'pp-othercpuogt2i' }],
    ['what is none', { PhysicalResourceId: 'orders' }],
  ])('is refused to %s', async (_who, more) => {
    const account = await launched();

    await ask(account, updating({ Logins: [...form.Logins, 'App'] }, more));

    expect(told(account)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('stack') });
    expect(account.log).toMatchObject([{ level: 'error', error: 'Forbidden' }, { level: 'info' }]);
    expect(account.executions.all).toHaveLength(1);
  });
});

describe('a product that is terminated', () => {
  it('says what remains of a request that never succeeded', async () => {
    const account = await productAccount(['TrustFailed']);
    await ask(account, creation());
    await concluded(account, 'create-1');
    await ask(account, deletion());
    expect(told(account)).toMatchObject({
      ...success,
      Reason: `The request ${requestId} never succeeded, and nothing was made.`,
    });
    await madeDirectory(account);

    await ask(account, deletion());

    expect(told(account)).toMatchObject({
      ...success,
      Reason: expect.stringContaining('never succeeded, and what was made stays: directory'),
    });
  });

  it('says so where an execution goes on', async () => {
    const account = await productAccount();
    const arn = executionArn('create-1');
    await account.clock.busy(async () => {
      await ask(account, creation());
      await account.claimOf(arn, requestId).take(null, new Date());

      await ask(account, deletion());
    });

    expect(told(account)).toMatchObject({
      ...success,
      Reason: expect.stringContaining('An execution is still at work on it: stop it.'),
    });
    await account.executions.ended(arn);
  });

  it('is refused where it would have to be taken down, and found done once that is gone', async () => {
    const account = await launched();
    await madeDirectory(account);
    await ask(account, deletion());
    expect(told(account)).toMatchObject(refusal('cannot take down what the request'));
    await account.ledgerOf('', requestId).forget('directory', 'it');

    await ask(account, deletion());
    await ask(account, deletion());

    expect(account.puts.slice(1)).toMatchObject([
      { body: { ...success, Reason: `Nothing of the request ${requestId} is left.` } },
      { body: success },
    ]);
  });

  it.each([
    ['another stack', { StackId: otherStack }],
    ['another request', { PhysicalResourceId: 'pp-othercpuogt2i' }],
  ])('is refused to %s', async (_who, more) => {
    const account = await launched();

    await ask(account, deletion(more));

    expect(told(account)).toMatchObject({ Status: 'FAILED' });
  });

  it.each([
    ['by its name', {}],
    [
      'by a name that CloudFormation made up, for nobody had answered',
      { PhysicalResourceId: 'SC-Request-1' },
    ],
  ])('makes nothing where its launch comes later, known %s', async (_how, more) => {
    const account = await productAccount();
    for (const asked of [deletion(more), deletion(more)]) {
      await ask(account, asked);
      expect(told(account)).toMatchObject({ Status: 'SUCCESS', Reason: 'Nothing was ever made for it.' });
    }

    for (const asked of [creation(), creation()]) {
      await ask(account, asked);
      expect(told(account)).toMatchObject(refusal(`The product ${requestId} was terminated`));
    }

    expect(account.executions.all).toEqual([]);
    expect(account.log).toContainEqual(expect.objectContaining({ level: 'error', error: 'Conflict' }));
    await ask(account, updating());
    expect(told(account)).toMatchObject(refusal('was never carried out'));
    await ask(account, creation({}, { StackId: otherStack }));
    expect(told(account)).toMatchObject({ Reason: expect.stringContaining('belongs to another stack') });
    await ask(account, deletion());
    expect(told(account)).toMatchObject({ ...success, Reason: 'Nothing was ever made for it.' });
  });

  describe('by a name that CloudFormation made up, for nobody had answered', () => {
    const nameless = { PhysicalResourceId: 'SC-Request-1ABCDEF' };

    it('is let go, and what stands is told of', async () => {
      const account = await launched();
      await madeDirectory(account);

      await ask(account, deletion(nameless));

      expect(told(account)).toMatchObject({
        ...success,
        ...nameless,
        Reason: `The request ${requestId} succeeded, of which CloudFormation never heard, and what was made stays: directory it (d-1234567890).`,
      });
      await account.ledgerOf('', requestId).forget('directory', 'it');
      await ask(account, deletion(nameless));
      expect(told(account)).toMatchObject({ Reason: `Nothing of the request ${requestId} is left.` });
    });

    it('is let go, and an execution that is at work is told of', async () => {
      const account = await productAccount();
      const arn = executionArn('create-1');
      await account.clock.busy(async () => {
        await ask(account, creation());
        await account.claimOf(arn, requestId).take(null, new Date());
        await madeDirectory(account);

        await ask(account, deletion(nameless));
      });

      expect(told(account)).toMatchObject({
        Status: 'SUCCESS',
        Reason: `The request ${requestId} never succeeded, and what was made stays: directory it (d-1234567890). An execution is still at work on it: stop it.`,
      });
      await account.executions.ended(arn);
    });

    it("is let go without a word where the request is another stack's", async () => {
      const account = await launched();
      await madeDirectory(account);

      await ask(account, deletion({ ...nameless, StackId: otherStack }));

      expect(told(account)).toMatchObject({ Status: 'SUCCESS', Reason: 'Nothing was ever made for it.' });
      await ask(account, updating());
      expect(told(account)).toMatchObject(success);
    });

    it('makes nothing where its launch is tried again later', async () => {
      const account = await productAccount();
      account.disturb((call, answer) =>
        call.operation === 'StartExecution' ? mishaps.throttled(call, answer) : answer(),
      );
      await expect(ask(account, creation())).rejects.toMatchObject({ name: 'Throttled' });
      account.disturb((_call, answer) => answer());

      await ask(account, deletion(nameless));
      expect(told(account)).toMatchObject({
        Status: 'SUCCESS',
        Reason: `The request ${requestId} never succeeded, and nothing was made.`,
      });

      await ask(account, creation());
      expect(told(account)).toMatchObject(refusal(`The product ${requestId} was terminated`));
      expect(account.executions.all).toEqual([]);
    });
  });
});

describe('what came of it', () => {
  it.each(['Create', 'Update'])('is handed over: %s', async (type) => {
    const account = await launched();

    await ask(account, looking(type));

    expect(told(account)).toMatchObject({
      ...success,
      LogicalResourceId: 'Result',
      Data: {
        Endpoint: 'orders.abc.rds.amazonaws.com',
        Port: '1433',
        KerberosName: `orders.${requestId}.example.com`,
      },
    });
  });

  it('is handed over from what another version wrote down', async () => {
    const account = await launched();
    const { endpoint, port, kerberosName } = result.database;
    await publish(account, { database: { endpoint, port, kerberosName, later: 1 } });

    await ask(account, looking('Update'));

    expect(told(account)).toMatchObject({ ...success, Data: { Endpoint: endpoint } });
  });

  it('is nothing where there is no database', async () => {
    const account = await productAccount();
    await ask(account, creation());
    await ask(account, looking('Create'));
    expect(told(account)).toMatchObject(refusal('has no database yet'));
    await publish(account, { ...result, database: undefined });

    await ask(account, looking('Create'));

    expect(told(account)).toMatchObject(refusal('has no database yet'));
    await account.executions.ended(executionArn('create-1'));
  });

  it('is not shown to another stack, nor before anything was asked for', async () => {
    const account = await productAccount();
    await ask(account, looking('Create'));
    expect(told(account)).toMatchObject(refusal('belongs to another stack'));
    const other = await launched();

    await ask(other, looking('Create', { StackId: otherStack }));

    expect(told(other)).toMatchObject({ Status: 'FAILED' });
  });

  it('is deleted without any consequence', async () => {
    const account = await launched();

    await ask(account, looking('Delete'));

    expect(told(account)).toMatchObject({ ...success, Reason: 'It was only looked at.' });
  });
});

describe('CloudFormation', () => {
  it.each([
    [{ RequestType: 'Replace' }, 'RequestType: '],
    [{ RequestId: 'a b' }, 'RequestId: '],
    [{ ResourceType: 'Custom::Other' }, 'ResourceType: '],
    [{ StackId: undefined, RequestId: 1, LogicalResourceId: null, PhysicalResourceId: 7 }, 'StackId: '],
  ])('is answered whatever it asks, where it says at which URL: %j', async (more, words) => {
    const account = await productAccount();

    await ask(account, creation({}, more));

    expect(told(account)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(words) });
  });

  it.each([[{}], [null], [creation({}, { ResponseURL: undefined })], [creation({}, { ResponseURL: '' })]])(
    'cannot be answered where it does not',
    async (asked) => {
      const account = await productAccount();

      await expect(ask(account, asked)).rejects.toMatchObject({ name: 'InvalidRequest' });
      expect(account.puts).toEqual([]);
    },
  );

  it('is told a reason of at most 1,000 characters', async () => {
    const account = await productAccount();
    const Logins = Array.from({ length: 90 }, (_, index) => `OTHER\\名${index}`);

    await ask(account, creation({ Logins }));

    const { Reason } = Object(told(account));
    expect(Reason).toHaveLength(1000);
    expect(Buffer.byteLength(JSON.stringify(told(account)))).toBeLessThanOrEqual(4096);
  });

  it('is told of a defect as of a refusal, and the log has its name', async () => {
    const account = await launched();
    await publish(account, { database: {} });

    await ask(account, looking('Create'));

    expect(told(account)).toMatchObject({ Status: 'FAILED' });
    expect(account.log[0]).toMatchObject({ level: 'error', error: 'ZodError' });
  });

  it.each(Object.entries(mishaps))('gets one of everything by whatever call: %s', async (_name, mishap) => {
    const undisturbed = await productAccount();
    undisturbed.calls.length = 0;
    await ask(undisturbed, creation());
    const positions = positionsOf([...undisturbed.calls], mishap);
    await undisturbed.executions.ended(executionArn('create-1'));
    expect(positions.length).toBeGreaterThan(0);
    for (const position of positions) {
      const account = await productAccount();
      account.disturb(at(position, mishap));
      if (mishap !== mishaps.carriedOutTwice) {
        await expect(ask(account, creation())).rejects.toMatchObject({ name: 'Throttled' });
        expect(account.puts).toEqual([]);
      }

      await ask(account, creation());
      await concluded(account, 'create-1');

      expect(account.puts).toMatchObject([{ body: success }, { body: { Status: 'SUCCESS' } }]);
      expect(account.executions.all).toHaveLength(1);
    }
  });

  it.each([
    ['a launch', creation()],
    ['an update', updating({ Logins: [...form.Logins, 'App'] })],
    ['a termination', deletion()],
    ['a look', looking('Update')],
  ])('is told nothing of %s while AWS asks to call again', async (_what, asked) => {
    const account = await launched();
    account.disturb(mishaps.throttled);

    await expect(ask(account, asked)).rejects.toMatchObject({ name: 'Throttled' });

    expect(account.puts).toEqual([]);
    expect(account.log).toMatchObject([{ level: 'error', error: 'Throttled' }]);
  });
});
