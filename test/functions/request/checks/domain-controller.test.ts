import { describe, expect, it } from 'vitest';
import {
  controllerGroups,
  controllerOf,
  wayBack,
} from '../../../../functions/request/checks/domain-controller.ts';
import { readTerritory } from '../../../../functions/request/checks/territory.ts';
import { country, otherSubnetIds, otherVpcId, subnetIds, vpcId } from '../country.ts';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { changed, example } from '../requests.ts';
import { narrowRules } from '../rules.ts';

const id = 'i-0a1b2c3d4e5f60718';

describe('a domain controller in EC2', () => {
  it('is found with its VPC and its groups', async () => {
    const { network, client } = country();
    network.addSecurityGroup(vpcId, 'one', 'One', {}, 'sg-1');
    network.addSecurityGroup(vpcId, 'two', 'Two', {}, 'sg-2');
    network.addInstance('i-0000000000000000f', subnetIds[0] ?? '', []);
    network.addInstance(id, subnetIds[0] ?? '', ['sg-1', 'sg-2']);

    expect(await controllerOf(client, id)).toEqual({
      id,
      vpcId,
      subnetId: subnetIds[0],
      groupIds: ['sg-1', 'sg-2'],
    });
  });

  it('is not looked for where the node is no instance, nor found where there is none', async () => {
    const { client } = country();
    expect(await controllerOf(client, id)).toBeNull();

    client.middlewareStack.add(() => () => Promise.reject(new Error('Nobody is asked.')), {
      step: 'initialize',
    });
    expect(await controllerOf(client, 'mi-0a1b2c3d4e5f60718')).toBeNull();
  });

  it.each([
    ['no reservations', {}, null],
    ['a reservation without instances', { Reservations: [{}] }, null],
    [
      'an instance without VPC and groups',
      { Reservations: [{ Instances: [{ InstanceId: id }] }] },
      { id, vpcId: null, subnetId: null, groupIds: [] },
    ],
    [
      'a group without an id',
      { Reservations: [{ Instances: [{ VpcId: vpcId, SecurityGroups: [{}] }] }] },
      { id, vpcId, subnetId: null, groupIds: [] },
    ],
  ])('may be shown with %s', async (_what, output, controller) => {
    const { client } = country();
    client.middlewareStack.add(() => async () => ({ response: {}, output: { $metadata: {}, ...output } }), {
      step: 'initialize',
    });

    expect(await controllerOf(client, id)).toEqual(controller);
  });

  it('must be open in both directions', () => {
    const party = { name: 'the directory', groupIds: [], networks: ['10.0.0.0/24'] };
    const controller = { id, vpcId, subnetId: null, groupIds: ['sg-1'] };
    const inward = narrowRules('sg-1', false, '10.0.0.0/24');
    const out = narrowRules('sg-1', true, '10.0.0.0/24');

    expect(controllerGroups(controller, [...inward, ...out], party)).toEqual([]);
    expect(controllerGroups(controller, inward, party)).toMatchObject([
      { code: 'node-group', message: expect.stringContaining('out to the directory at 10.0.0.0/24') },
    ]);
    expect(controllerGroups(controller, [], party)).toMatchObject([
      { message: expect.stringContaining(`the domain controller ${id} (sg-1) do not let tcp 53`) },
      { message: expect.stringContaining('out to') },
    ]);
  });
});

/** The group that the domain controller stands in. */
const groupOf = ({ world }: PreflightAccount) =>
  world.network.securityGroups.get(world.network.interfaceOf(id).securityGroupIds[0] ?? '');

describe('the way back from a domain controller in EC2', () => {
  const place = { vpcId, subnetIds, securityGroupId: null, addresses: [] };
  const controller = { id, vpcId: otherVpcId, subnetId: otherSubnetIds[0] ?? '', groupIds: [] };
  const found = async ({ territory }: ReturnType<typeof country>, change = {}) =>
    wayBack({ ...controller, ...change }, await territory(), place);

  it('needs a route to each of the directory’s subnets', async () => {
    const land = country();
    expect(await found(land)).toEqual([
      {
        level: 'error',
        code: 'node-route-missing',
        message: expect.stringContaining(
          `of ${otherSubnetIds[0]} has no route to all of 10.0.0.0/24, 10.0.1.0/24.`,
        ),
      },
    ]);

    land.peer('there');
    expect(await found(land)).toEqual([]);
  });

  it('leads through the network ACL of its own subnet', async () => {
    const land = country();
    land.peer('there');
    land.network.addNetworkAcl(otherVpcId, [controller.subnetId], []);

    expect(await found(land)).toMatchObject([
      {
        code: 'network-acl',
        message: expect.stringContaining(`Between ${controller.subnetId} and 10.0.0.0/24`),
      },
      { code: 'network-acl', message: expect.stringContaining('and 10.0.1.0/24') },
    ]);
  });

  it('needs no route within the directory’s VPC, and no network ACL within its subnets', async () => {
    const land = country();
    const near = 'subnet-0000000000000000f';
    land.network.addSubnet(near, vpcId, '10.0.2.0/24', 'eu-central-1a');
    land.routes();
    land.entries();
    const territory = await readTerritory(land.client, vpcId, [...subnetIds, near]);

    const codes = (subnetId: string | null) =>
      wayBack({ ...controller, vpcId, subnetId }, territory, place).map(({ code }) => code);
    expect(codes(near)).toEqual(['network-acl', 'network-acl']);
    expect(codes(subnetIds[1] ?? '')).toEqual([]);
    expect(codes(null)).toEqual([]);
  });
});

describe('a domain controller in EC2, in a whole account', () => {
  it('has to let the new directory’s subnets in and out', async () => {
    const account = await preflightAccount(example('external'));
    const group = groupOf(account);
    if (group !== undefined) group.rules = group.rules.filter(({ egress }) => egress);
    expect(await account.findings()).toMatchObject([
      {
        code: 'node-group',
        message: expect.stringMatching(/in from the directory at 10\.64\.0\.0\/24, 10\.64\.1\.0\/24/),
      },
    ]);

    if (group !== undefined) group.rules = [];
    expect((await account.findings()).map(({ code }) => code)).toEqual(['node-group', 'node-group']);
  });

  it('has to have a way back', async () => {
    const account = await preflightAccount(example('external'));
    const { network } = account.world;
    network.routeTableOf(network.interfaceOf(id).subnetId).routes = [];

    expect(await account.findings()).toMatchObject([{ level: 'error', code: 'node-route-missing' }]);
  });

  it('has to let an existing directory’s addresses, or its group, in and out', async () => {
    const account = await preflightAccount(
      changed(example('external'), ['directory'], { directoryId: 'd-0123456789' }),
    );
    const [directory] = account.world.directories.all;
    const group = groupOf(account);
    if (group !== undefined) group.rules = [];
    const addresses = directory?.dnsIpAddresses.map((address) => `${address}/32`).join(', ');
    expect(await account.findings()).toMatchObject([
      { message: expect.stringContaining(`in from the directory at ${addresses}.`) },
      { message: expect.stringContaining(`out to the directory at ${addresses}.`) },
    ]);

    const peer = directory?.securityGroupId ?? '';
    const inward = { egress: false, protocol: '-1', fromPort: -1, toPort: -1, peer, description: null };
    account.world.network.addRules(group?.id ?? '', [inward, { ...inward, egress: true }]);
    expect(await account.findings()).toEqual([]);
  });

  it('may stand in the directory’s own VPC, where the company’s network is', async () => {
    const account = await preflightAccount(example('external'));
    const { network } = account.world;
    const { directory } = account.request;
    Object.assign(network.vpcs.get(String(directory.vpcId)) ?? {}, { cidr: '10.20.0.0/16' });
    expect((await account.findings()).map(({ code }) => code)).toEqual(['network-overlap']);

    Object.assign(network.interfaceOf(id), { subnetId: directory.subnetIds[0] });
    expect(await account.findings()).toEqual([]);
  });
});
