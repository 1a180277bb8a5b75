import { describe, expect, it } from 'vitest';
import { deployedForTest, requestNamed } from '../support/provisioning.ts';

const oneWay = requestNamed('one-way-forest');
const directory = { name: 'aws.example.org', shortName: 'ORG', vpcId: 'vpc-0f1e2d3c4b5a69788' };
const database = { ...Object(oneWay['database']), identifier: 'other' };

/** A request that has nothing but the company in common with the others. */
const elsewhere = {
  ...oneWay,
  requestId: 'elsewhere',
  directory: { ...directory, subnetIds: ['subnet-0f1e2d3c4b5a69781', 'subnet-0f1e2d3c4b5a69782'] },
  database: { ...database, subnetIds: ['subnet-0f1e2d3c4b5a69783', 'subnet-0f1e2d3c4b5a69784'] },
};
/** A company in the network that a VPC usually gets. */
const neighbour = {
  ...elsewhere,
  requestId: 'neighbour',
  onPremises: {
    domainName: 'ad.example.net',
    shortName: 'NET',
    dnsIpAddresses: ['10.64.0.10'],
    networks: ['10.64.0.0/16'],
    domainController: { managedNodeId: 'mi-0f1e2d3c4b5a69788' },
  },
  database: { ...elsewhere.database, allowedNetworks: ['10.64.0.0/16'], windowsLogins: [] },
};
const publicAddresses = requestNamed('public-dns-addresses');
const beside = {
  ...publicAddresses,
  directory: { ...Object(publicAddresses['directory']), name: directory.name, shortName: 'ORG' },
};

describe('one world for two requests', () => {
  it.each<[string, object, object]>([
    ['of one company, in two VPCs', oneWay, elsewhere],
    ['of two companies', oneWay, neighbour],
    ['of one domain controller under two addresses', beside, oneWay],
    ['one of which leaves open what the other one says', requestNamed('adopted-directory'), oneWay],
  ])('lets both succeed: %s', async (_, one, other) => {
    const { run } = await deployedForTest(one, other);

    const executions = await Promise.all([run(one), run(other)]);
    expect(executions.map(({ standing }) => standing.cause ?? standing.status)).toEqual([
      'SUCCEEDED',
      'SUCCEEDED',
    ]);
  });
});
