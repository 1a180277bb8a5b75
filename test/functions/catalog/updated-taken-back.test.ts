import { describe, expect, it } from 'vitest';
import { success } from './answers.ts';
import {
  ask,
  creation,
  executionArn,
  launched,
  otherStack,
  productAccount,
  requestId,
  told,
  updating,
} from './product.ts';

describe('a product that is updated, where its stack is rolled back,', () => {
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
});
