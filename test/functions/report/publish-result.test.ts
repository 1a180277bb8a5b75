import { describe, expect, it } from 'vitest';
import { publishResult } from '../../../functions/report/publish-result.ts';
import { finding, input, owner, prepare, published, requestWith } from '../../support/published-result.ts';

describe('publish-result', () => {
  it('says what was built and how to connect to it, and keeps that', async () => {
    const account = await prepare();

    const result = await account.run(publishResult, input);

    expect(result).toEqual({
      requestId: 'orders',
      directory: { id: 'd-1234567890', name: 'aws.example.com' },
      trust: { id: 't-1234567890', state: 'Verified', direction: 'One-Way: Outgoing', type: 'Forest' },
      database: {
        identifier: 'orders',
        endpoint: 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
        port: 1433,
        kerberosName: 'orders.aws.example.com',
        connectionStrings: {
          kerberos:
            'Server=tcp:orders.aws.example.com,1433;Database=master;Integrated Security=True;Encrypt=True;HostNameInCertificate=orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
          ntlm: 'Server=tcp:orders.abcdefghijkl.eu-west-1.rds.amazonaws.com,1433;Database=master;Integrated Security=True;Encrypt=True',
        },
        authSchemeQuery:
          'SELECT net_transport, auth_scheme FROM sys.dm_exec_connections WHERE session_id = @@SPID',
        membership: 'joined',
        rebootOwed: false,
        logins: ['CORP\\DBAdmins'],
      },
      findings: [finding],
    });
    const written = { execution: { S: owner.execution }, at: { S: '2026-01-01T00:00:00.000Z' } };
    expect(await account.item('result')).toMatchObject({ ...written, result: { S: JSON.stringify(result) } });
    expect(await account.item('trust#t-1234567890')).toMatchObject({ ...written, state: { S: 'Verified' } });
  });

  it('has no database where none was asked for', async () => {
    const result = await published({
      request: requestWith(true),
      instance: null,
      membership: null,
      logins: [],
    });

    expect(Object.keys(result)).toEqual(['requestId', 'directory', 'trust', 'findings']);
    expect(result.findings).toEqual([finding]);
  });

  it.each([[{ instance: null }], [{ membership: null }]])(
    'takes no database without a membership, and no membership without one: %j',
    async (change) => {
      await expect(published(change)).rejects.toMatchObject({
        name: 'InvalidRequest',
        message: expect.stringContaining('membership: a database has a membership'),
      });
    },
  );
});
