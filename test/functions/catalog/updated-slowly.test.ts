import { describe, expect, it } from 'vitest';
import { refusal, success } from './answers.ts';
import { ask, concluded, executionArn, form, launched, requestId, told, updating } from './product.ts';

describe('a product that is updated, as to how long CloudFormation waits,', () => {
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
});
