import { describe, expect, it } from 'vitest';
import { refusal, success } from './answers.ts';
import { ask, creation, deletion, launched, otherStack, productAccount, told } from './product.ts';

describe('a product that is launched, where it may not be,', () => {
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
