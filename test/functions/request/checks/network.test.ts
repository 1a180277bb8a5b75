import { describe, expect, it } from 'vitest';
import { companyNetwork } from '../../../../functions/request/checks/network.ts';
import { company, country, subnetIds, vpcId } from '../country.ts';

const place = { vpcId, subnetIds, securityGroupId: null, addresses: [] };
const onPremises = {
  domainName: 'corp.example.com',
  shortName: 'CORP',
  dnsIpAddresses: ['10.20.0.10', '10.20.0.11'],
  networks: [company],
  clientNetworks: ['10.30.0.0/16'],
  domainController: { managedNodeId: 'mi-0a1b2c3d4e5f60718' },
};

/** What is found for these networks of a company, whose domain controller may stand in a VPC. */
const found = async (networks: readonly string[], controllerVpcId: string | null = null, change = {}) =>
  companyNetwork(
    await country().territory(),
    place,
    { ...onPremises, networks: [...networks], ...change },
    controllerVpcId,
  );

describe('the way to the company', () => {
  it('is free', async () => {
    expect(await found([company])).toEqual([]);
  });

  it.each([
    ['is the VPC’s own', '10.0.0.0/16'],
    ['lies in the VPC', '10.0.128.0/17'],
    ['has the VPC in it', '10.0.0.0/8'],
  ])('is cut off where a network %s', async (_what, network) => {
    expect(await found([network])).toEqual([
      {
        level: 'error',
        code: 'network-overlap',
        message: expect.stringContaining(
          `The company's network ${network} overlaps 10.0.0.0/16 of the directory's ${vpcId}`,
        ),
      },
    ]);
  });

  it('is short where the company’s domain controllers stand in the very VPC', async () => {
    expect(await found(['10.0.128.0/17'], vpcId)).toEqual([]);
    expect(await found(['10.0.128.0/17', '10.0.0.0/17', company], vpcId)).toEqual([]);
    expect(await found(['10.0.0.0/8'], vpcId)).toMatchObject([{ code: 'network-overlap' }]);
    expect(await found(['10.0.128.0/17'], 'vpc-0000000000000000b')).toMatchObject([
      { code: 'network-overlap' },
    ]);
  });

  it('is looked at for each network outside the VPC', async () => {
    const findings = await found(['10.0.0.0/16', company, '10.40.0.0/16'], vpcId);

    expect(findings).toMatchObject([
      { code: 'route-missing', message: expect.stringContaining('no route to all of 10.40.0.0/16.') },
    ]);
  });

  it('has to lead through the network ACL, for networks in the VPC too', async () => {
    const { territory, entries } = country();
    entries();

    const findings = companyNetwork(
      await territory(),
      place,
      { ...onPremises, networks: ['10.0.0.0/16'] },
      vpcId,
    );
    expect(findings).toMatchObject([{ code: 'network-acl' }]);
  });

  it('is the clients’ own affair: they come by themselves', async () => {
    expect(await found([company], null, { clientNetworks: ['10.99.0.0/16'] })).toEqual([]);
  });

  it('ends at a single DNS server only with a warning', async () => {
    expect(await found([company], null, { dnsIpAddresses: ['10.20.0.10'] })).toEqual([
      {
        level: 'warning',
        code: 'single-dns-server',
        message: expect.stringContaining('only 10.20.0.10 for names of corp.example.com'),
      },
    ]);
  });

  it('is not judged where the VPC is not there', async () => {
    const { vpcs: _vpcs, ...land } = await country().territory();

    expect(companyNetwork({ ...land, vpcs: new Map() }, place, onPremises, null)).toEqual([]);
  });
});
