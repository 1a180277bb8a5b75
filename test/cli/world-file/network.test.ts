import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../../functions/request/schema.ts';
import { example } from '../../functions/request/requests.ts';
import { changedWorld, usualRequest } from '../../support/changed-world.ts';

const [firstSubnet = '', secondSubnet = ''] = usualRequest.directory.subnetIds;

describe('a world file, in the network,', () => {
  it('takes subnets away and leads routes elsewhere', async () => {
    const world = await changedWorld({
      network: {
        missingSubnets: [secondSubnet],
        routes: [
          { subnetId: firstSubnet, destination: '10.20.0.0/16', target: 'blackhole' },
          { subnetId: firstSubnet, destination: '0.0.0.0/0', target: 'igw-0a1b2c3d' },
        ],
      },
    });

    expect(world.network.subnets.has(secondSubnet)).toBe(false);
    expect(world.network.routeTableOf(firstSubnet).routes).toMatchObject([
      { target: 'local' },
      { destination: '10.20.0.0/16', state: 'blackhole' },
      { destination: '0.0.0.0/0', target: 'igw-0a1b2c3d', state: 'active' },
    ]);
  });

  it('gives subnets a network ACL, whose rules stand in their order', async () => {
    const world = await changedWorld({
      network: {
        networkAcls: [
          {
            subnetIds: [firstSubnet],
            rules: [
              { direction: 'in', action: 'deny', protocol: 'tcp', ports: '445', cidr: '10.20.0.0/16' },
              { direction: 'out', action: 'allow', protocol: 'udp', ports: '1024-65535', cidr: '10.0.0.0/8' },
              { direction: 'in', action: 'allow', cidr: '0.0.0.0/0' },
            ],
          },
        ],
      },
    });

    const base = { number: 100, egress: false, cidr: '10.20.0.0/16' };
    expect(world.network.networkAclOf(firstSubnet).entries).toEqual([
      { ...base, action: 'deny', protocol: 'tcp', fromPort: 445, toPort: 445 },
      {
        number: 101,
        egress: true,
        action: 'allow',
        protocol: 'udp',
        fromPort: 1024,
        toPort: 65_535,
        cidr: '10.0.0.0/8',
      },
      {
        number: 102,
        egress: false,
        action: 'allow',
        protocol: '-1',
        fromPort: 0,
        toPort: 65_535,
        cidr: '0.0.0.0/0',
      },
    ]);
  });

  it('gives a security group other rules, toward networks and groups by their names', async () => {
    const external = parseRequest(example('external'));
    const world = await changedWorld(
      {
        network: {
          securityGroups: [
            {
              group: 'domain-controllers',
              rules: [
                { direction: 'in', protocol: 'tcp', ports: '53', peer: '10.64.0.0/16' },
                { direction: 'out', peer: 'forestbridge-login' },
              ],
            },
          ],
        },
      },
      external,
    );

    const groups = [...world.network.securityGroups.values()];
    const login = groups.find(({ name }) => name === 'forestbridge-login');
    expect(groups.find(({ name }) => name === 'domain-controllers')?.rules).toMatchObject([
      { egress: false, protocol: 'tcp', fromPort: 53, toPort: 53, peer: '10.64.0.0/16' },
      { egress: true, protocol: '-1', fromPort: -1, toPort: -1, peer: login?.id },
    ]);
  });

  it('takes no subnet away in which something stands', async () => {
    const changing = changedWorld(
      { network: { missingSubnets: [firstSubnet] } },
      usualRequest,
      ({ network }) => network.addInterface(firstSubnet, [], 'somebody'),
    );

    await expect(changing).rejects.toThrow(`${firstSubnet} cannot be missing: in it stands somebody`);
  });
});
