import { describe, expect, it } from 'vitest';
import { refusal, success } from './answers.ts';
import {
  ask,
  concluded,
  creation,
  form,
  launched,
  otherStack,
  productAccount,
  requestId,
  told,
  updating,
} from './product.ts';

describe('a product that is updated, as to what may be changed and by whom,', () => {
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
