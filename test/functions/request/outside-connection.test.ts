import { describe, expect, it } from 'vitest';
import { outside, verdict } from '../../support/connection-verdict.ts';
import { connection } from './configured.ts';
import { changed, example, pathOf } from './requests.ts';

const subnets = connection.subnetIds.join(', ');

const forbidden = [
  [
    'directory.name',
    'aws.example.net',
    'directory.name: aws.example.net is not allowed; allowed: example.com',
  ],
  ['directory.name', 'awsexample.com', 'directory.name: awsexample.com is not allowed; allowed: example.com'],
  [
    'directory.vpcId',
    'vpc-00000000',
    'directory.vpcId: vpc-00000000 is not allowed; allowed: vpc-0a1b2c3d4e5f60718',
  ],
  [
    'directory.subnetIds[1]',
    'subnet-00000000',
    `directory.subnetIds[1]: subnet-00000000 is not allowed; allowed: ${subnets}`,
  ],
  [
    'onPremises.dnsIpAddresses[1]',
    '10.20.0.12',
    'onPremises.dnsIpAddresses[1]: 10.20.0.12 is not allowed; allowed: 10.20.0.10, 10.20.0.11',
  ],
  [
    'onPremises.clientNetworks',
    ['10.30.1.0/24', '10.0.0.0/12'],
    'onPremises.clientNetworks[1]: 10.0.0.0/12 is not allowed; allowed: 10.20.0.0/16, 10.30.0.0/16',
  ],
  [
    'onPremises.domainController.managedNodeId',
    'i-0a1b2c3d',
    'onPremises.domainController.managedNodeId: i-0a1b2c3d is not allowed; allowed: mi-0a1b2c3d4e5f60718',
  ],
  ['trust.type', 'External', 'trust.type: External is not allowed; allowed: Forest'],
  ['trust.direction', 'Two-Way', 'trust.direction: Two-Way is not allowed; allowed: One-Way: Outgoing'],
  [
    'database.identifier',
    'my-orders',
    'database.identifier: my-orders is not allowed; it has to begin with: orders, ledger, payroll',
  ],
  [
    'database.identifier',
    'order',
    'database.identifier: order is not allowed; it has to begin with: orders, ledger, payroll',
  ],
  [
    'database.subnetIds[0]',
    'subnet-00000000',
    `database.subnetIds[0]: subnet-00000000 is not allowed; allowed: ${subnets}`,
  ],
  [
    'database.securityGroupIds',
    ['sg-0a1b2c3d'],
    'database.securityGroupIds[0]: sg-0a1b2c3d is not allowed; allowed: nothing',
  ],
  [
    'database.kmsKeyId',
    'alias/databases',
    'database.kmsKeyId: alias/databases is not allowed; allowed: nothing',
  ],
  [
    'database.allowedNetworks',
    ['10.20.0.0/24', '10.40.0.0/16'],
    'database.allowedNetworks[1]: 10.40.0.0/16 is not allowed; allowed: 10.20.0.0/16, 10.30.0.0/16',
  ],
] as const;

describe('a request outside the connection of its domain', () => {
  it.each(forbidden)('%s = %j', async (field, value, problem) => {
    const request = changed(example('one-way-forest'), pathOf(field), value);

    expect(await verdict(request)).toBe(outside(problem));
  });

  it('may not be known by another NetBIOS name', async () => {
    const request = changed(
      changed(example('no-database'), ['database'], undefined),
      ['onPremises', 'shortName'],
      'CORP1',
    );

    expect(await verdict(request)).toBe(outside('onPremises.shortName: CORP1 is not allowed; allowed: CORP'));
  });

  it('may not reach further than its networks', async () => {
    const request = changed(
      changed(example('no-database'), ['onPremises', 'networks'], ['10.20.0.0/15']),
      ['onPremises', 'clientNetworks'],
      ['10.20.0.0/16'],
    );

    expect(await verdict(request)).toBe(
      outside('onPremises.networks[0]: 10.20.0.0/15 is not allowed; allowed: 10.20.0.0/16'),
    );
  });

  it('may not reach the networks of clients as if domain controllers were there', async () => {
    const request = changed(
      example('no-database'),
      ['onPremises', 'networks'],
      ['10.20.0.0/16', '10.30.0.0/16'],
    );

    expect(await verdict(request)).toBe(
      outside('onPremises.networks[1]: 10.30.0.0/16 is not allowed; allowed: 10.20.0.0/16'),
    );
  });

  it('is told everything at once', async () => {
    const message = await verdict(
      changed(example('two-way-forest'), ['onPremises', 'dnsIpAddresses'], ['10.21.0.1']),
    );

    expect(message.match(/^- [\w.[\]]+/gm)).toEqual([
      '- onPremises.dnsIpAddresses[0]',
      '- onPremises.networks[1]',
      '- onPremises.clientNetworks[1]',
      '- onPremises.clientNetworks[2]',
      '- trust.direction',
      '- database.kmsKeyId',
    ]);
  });
});
