import { describe, expect, it } from 'vitest';
import { success } from './answers.ts';
import { ask, concluded, creation, executionArn, productAccount, requestId } from './product.ts';

describe('a product that is launched', () => {
  it('starts the execution, and CloudFormation is told so at once', async () => {
    const account = await productAccount();

    expect(await ask(account, creation())).toEqual({});

    expect(account.puts).toEqual([
      {
        url: 'https://response.example.com/?signature=create-1',
        body: {
          ...success,
          RequestId: 'create-1',
          LogicalResourceId: 'Request',
          Reason: `The execution ${requestId}-create-1 has begun.`,
          Data: { Execution: `${requestId}-create-1` },
        },
      },
    ]);
    const execution = account.executions.find(executionArn('create-1'));
    expect(execution?.input).toEqual({
      requestId,
      directory: {
        name: `${requestId}.example.com`,
        shortName: 'PPMYCPUOGT2I45S',
        vpcId: 'vpc-0a1b2c3d4e5f60718',
        subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712'],
      },
      onPremises: {
        domainName: 'corp.example.com',
        shortName: 'CORP',
        dnsIpAddresses: ['10.20.0.10', '10.20.0.11'],
        networks: ['10.20.0.0/16'],
        clientNetworks: ['10.30.0.0/16'],
        domainController: { managedNodeId: 'mi-0a1b2c3d4e5f60718' },
      },
      trust: { type: 'Forest', direction: 'One-Way: Outgoing', selectiveAuthentication: false },
      database: {
        identifier: 'orders',
        engine: 'sqlserver-se',
        instanceClass: 'db.r6i.large',
        allocatedStorage: 100,
        storageType: 'gp3',
        multiAz: false,
        backupRetentionDays: 7,
        deletionProtection: true,
        subnetIds: ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'],
        allowedNetworks: ['10.30.0.0/16'],
        windowsLogins: [
          { name: 'CORP\\DBAdmins', serverRoles: ['processadmin'] },
          { name: "CORP\\O'Brien", serverRoles: ['processadmin'] },
        ],
      },
    });
    await account.executions.ended(executionArn('create-1'));
  });

  it('is one product where CloudFormation asks twice, even after the end', async () => {
    const account = await productAccount();
    await ask(account, creation());
    await ask(account, creation());
    await concluded(account, 'create-1');

    await ask(account, creation());
    await concluded(account, 'create-1');

    expect(account.puts.map(({ body }) => body)).toMatchObject([
      success,
      success,
      { UniqueId: `${requestId}-create-1` },
      success,
    ]);
    expect(account.executions.all).toHaveLength(1);
  });
});
