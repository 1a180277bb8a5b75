import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { companyAccount } from '../../support/company-account.ts';

describe('STS', () => {
  it('says who is calling, by the access key', async () => {
    const client = new STSClient(companyAccount().configuration);

    await expect(client.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
      Account: '111122223333',
      UserId: 'AKIDEXAMPLE',
      Arn: 'arn:aws:iam::111122223333:user/forestbridge',
    });
  });

  it('hands out no sessions', async () => {
    const client = new STSClient(companyAccount().configuration);

    await expect(client.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});
