import { describe, expect, it } from 'vitest';
import { refusal, success } from './answers.ts';
import {
  ask,
  creation,
  executionArn,
  launched,
  looking,
  otherStack,
  productAccount,
  publish,
  requestId,
  result,
  told,
} from './product.ts';

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
