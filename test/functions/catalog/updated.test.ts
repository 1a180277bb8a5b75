import { describe, expect, it } from 'vitest';
import type { ReportAccount } from '../../support/report-account.ts';
import { refusal, silent, success } from './answers.ts';
import {
  ask,
  concluded,
  creation,
  executionArn,
  form,
  launched,
  otherStack,
  productAccount,
  requestId,
  told,
  updating,
} from './product.ts';

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
