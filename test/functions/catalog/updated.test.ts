import { describe, expect, it } from 'vitest';
import { refusal, success } from './answers.ts';
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
});
