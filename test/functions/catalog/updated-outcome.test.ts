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
  productAccount,
  requestId,
  told,
  updating,
} from './product.ts';

describe('a product that is updated, in the end,', () => {
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
});
