import { describe, expect, it } from 'vitest';
import { ensureNetwork } from '../../../functions/database/ensure-network.ts';
import type { InstanceSettings } from '../../../simulator/world/databases.ts';
import type { NewRule, Place } from '../../../simulator/world/network.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { networkAccount } from '../../support/network-account.ts';

const vpc = 'vpc-0123456789abcdef0';
const subnets = ['subnet-0000000000000000a', 'subnet-0000000000000000b'];
const directorySubnetIds = ['subnet-0000000000000000c', 'subnet-0000000000000000d'];
const elsewhere = 'subnet-0000000000000000e';

const noNames: string[] = [];

const newDatabase = {
  existing: false,
  identifier: 'orders',
  engine: 'sqlserver-se',
  engineVersion: null,
  instanceClass: 'db.r6i.large',
  allocatedStorage: 100,
  storageType: 'gp3',
  iops: null,
  multiAz: false,
  backupRetentionDays: 7,
  deletionProtection: true,
  port: 1433,
  masterUsername: 'admin',
  kmsKeyId: null,
  logExports: [],
  autoMinorVersionUpgrade: true,
  subnetIds: subnets,
  subnetGroupName: null,
  securityGroupIds: noNames,
  allowedNetworks: ['10.1.0.0/16', '10.2.0.0/16'],
  windowsLogins: [{ name: 'CORP\\DBAdmins', serverRoles: [] }],
};

const existingDatabase = {
  existing: true,
  identifier: 'orders',
  allowInterruption: true,
  masterUserSecretArn: null,
  allowedNetworks: noNames,
  windowsLogins: newDatabase.windowsLogins,
};

const instance: InstanceSettings = {
  ...newDatabase,
  identifier: 'orders',
  engineVersion: '16.00.4245.2.v1',
  encrypted: true,
  masterPassword: null,
  port: 1500,
  subnetGroupName: 'its-own',
  publiclyAccessible: false,
  copyTagsToSnapshot: true,
  tags: new Map(),
};

const surroundings = async () => {
  const environment = { LOGIN_SECURITY_GROUP_ID: '' };
  const account = await networkAccount(environment);
  const { network, databases } = account;
  network.addVpc(vpc, '10.0.0.0/16');
  network.addVpc('vpc-0fedcba9876543210', '10.9.0.0/16');
  for (const [index, id] of [...subnets, ...directorySubnetIds].entries()) {
    network.addSubnet(id, vpc, `10.0.${index}.0/24`, `eu-west-1${index % 2 === 0 ? 'a' : 'b'}`);
  }
  network.addSubnet(elsewhere, 'vpc-0fedcba9876543210', '10.9.0.0/24', 'eu-west-1a');
  const [first = '', second = ''] = subnets;
  network.route(first, { destination: '10.0.0.0/8', target: 'tgw-1', state: 'active' });
  const login = network.addSecurityGroup(vpc, 'login', 'The login function');
  environment.LOGIN_SECURITY_GROUP_ID = login.id;
  const given = network.addSecurityGroup(vpc, 'given', 'Somebody’s own');
  const loginFunction = network.addInterface(second, [login.id], 'The login function');
  const addSubnetGroup = (name: string, subnetIds: readonly string[], vpcId = vpc): void =>
    void databases.addSubnetGroup({ name, description: 'Foreign', vpcId, subnetIds, tags: new Map() });
  addSubnetGroup('its-own', subnets);
  databases.place({ ...instance, securityGroupIds: [given.id] }, null);
  const run = (database: object): Promise<unknown> =>
    account.run(ensureNetwork, { database, directorySubnetIds, tags: { team: 'orders' } });
  const own = () => [...network.securityGroups.values()].find(({ name }) => name === 'forestbridge-orders');
  const database = (securityGroupIds: readonly string[]): Place => ({
    address: '10.0.0.200',
    subnetId: first,
    securityGroupIds,
  });
  return {
    ...account,
    run,
    own,
    addSubnetGroup,
    login,
    loginFunction,
    given,
    database,
  };
};

const rule = (change: Partial<NewRule>): NewRule => ({
  egress: false,
  protocol: 'tcp',
  fromPort: 1433,
  toPort: 1433,
  peer: '10.1.0.0/16',
  description: null,
  ...change,
});
const sql = { protocol: 'tcp', port: 1433 } as const;
const outside = (address: string): Place => ({ address, subnetId: null, securityGroupIds: [] });

describe('ensure-network: a new database', () => {
  it('makes a subnet group and a security group, and enters both', async () => {
    const { run, own, databases, ledger } = await surroundings();
    const group = await run(newDatabase).then(own);
    expect(await run(newDatabase)).toEqual({
      subnetGroupName: 'forestbridge-orders',
      securityGroupIds: [group?.id],
    });
    expect(group).toMatchObject({ vpcId: vpc, tags: { team: 'orders', 'forestbridge:request': 'orders' } });
    expect(databases.subnetGroups.get('forestbridge-orders')).toMatchObject({
      subnetIds: subnets,
      tags: new Map([
        ['team', 'orders'],
        ['forestbridge:request', 'orders'],
      ]),
    });
    expect(await ledger.all()).toMatchObject([
      { item: 'made#security-group#forestbridge-orders', id: group?.id },
      { item: 'made#subnet-group#forestbridge-orders', id: 'forestbridge-orders' },
    ]);
  });

  it('lets in who may, at its port, and out to the directory alone', async () => {
    const { run, own, network, login } = await surroundings();
    await run(newDatabase);
    const rules = own()?.rules ?? [];
    const ingress = rules.filter(({ egress }) => !egress);
    expect(ingress.map(({ protocol, fromPort, toPort, peer }) => [protocol, fromPort, toPort, peer])).toEqual(
      [
        ['tcp', 1433, 1433, '10.1.0.0/16'],
        ['tcp', 1433, 1433, '10.2.0.0/16'],
        ['tcp', 1433, 1433, login.id],
      ],
    );
    const egress = rules.filter((each) => each.egress);
    expect(new Set(egress.map(({ peer }) => peer))).toEqual(new Set(['10.0.2.0/24', '10.0.3.0/24']));
    expect(egress).toHaveLength(28);
    expect(new Set(rules.map(({ description }) => description))).toEqual(new Set(['forestbridge orders']));
    expect(network.securityGroups.get(login.id)?.rules).toHaveLength(1);
  });

  it('is reached by them, and reaches the directory', async () => {
    const { run, own, network, loginFunction, database } = await surroundings();
    await run(newDatabase);
    const instance = database([own()?.id ?? '']);
    const controller = { ...outside('10.0.2.10') };
    expect(network.reaches(loginFunction, instance, sql)).toBe(true);
    expect(network.reaches(outside('10.1.9.9'), instance, sql)).toBe(true);
    expect(network.reaches(outside('10.3.9.9'), instance, sql)).toContain('no ingress rule');
    expect(network.reaches(instance, controller, { protocol: 'udp', port: 88 })).toBe(true);
    expect(network.reaches(instance, outside('10.1.9.9'), { protocol: 'udp', port: 88 })).toContain(
      'no egress rule',
    );
  });

  it('is let be reached by the login function even before there are logins', async () => {
    const { run, own, network, loginFunction, database } = await surroundings();
    await run({ ...newDatabase, windowsLogins: [] });
    expect(network.reaches(loginFunction, database([own()?.id ?? '']), sql)).toBe(true);
  });

  it('never has both the rule that lets everything out and one of its own', async () => {
    const { run, own, disturb } = await surroundings();
    const seen: number[] = [];
    disturb(async (_call, answer) => {
      const answered = await answer();
      const rules = own()?.rules ?? [];
      if (rules.some(({ peer }) => peer === '0.0.0.0/0')) seen.push(rules.length);
      return answered;
    });
    await run(newDatabase);
    expect(new Set(seen)).toEqual(new Set([1]));
    expect(own()?.rules).toHaveLength(31);
  });

  it('closes again what lets everything out, and opens what somebody closed', async () => {
    const { run, own, network } = await surroundings();
    await run(newDatabase);
    const group = own();
    network.removeRules(group?.id ?? '', [group?.rules[0]?.id ?? '', group?.rules.at(-1)?.id ?? '']);
    for (const peer of ['0.0.0.0/0', '::/0'])
      network.addRules(group?.id ?? '', [
        rule({ egress: true, protocol: '-1', fromPort: -1, toPort: -1, peer }),
      ]);
    await run(newDatabase);
    expect(own()?.rules).toHaveLength(31);
    expect(own()?.rules.filter(({ protocol }) => protocol === '-1')).toEqual([]);
  });

  it('writes nothing where everything is there', async () => {
    const { run, world, disturb, calls } = await surroundings();
    await run(newDatabase);
    const before = await world();
    disturb((_call, answer) => answer());
    await run(newDatabase);
    expect(calls.filter((call) => !/Describe|GetItem/.test(call))).toEqual([]);
    expect(await world()).toEqual(before);
  });

  it.each(Object.entries(mishaps))('leaves one of everything: %s at any call', async (_name, mishap) => {
    const whole = await surroundings();
    await whole.run(newDatabase);
    const positions = whole.calls.filter((call) => !call.endsWith('CreateTable')).length;
    const expected = await whole.world();
    for (let position = 0; position < positions; position += 1) {
      const { disturb, run, world } = await surroundings();
      disturb(at(position, mishap));
      await run(newDatabase).catch((error: unknown) => expect(error).toMatchObject({ name: 'Throttled' }));
      await run(newDatabase);
      expect(await world()).toEqual(expected);
    }
    expect(positions).toBeGreaterThan(10);
  });

  it('waits where EC2 has the group and does not show it yet', async () => {
    const { run, own, disturb } = await surroundings();
    let hidden = 2;
    disturb(async (call, answer) => {
      if (call.operation === 'CreateSecurityGroup') await answer();
      if (call.operation !== 'DescribeSecurityGroups' || hidden === 0) return answer();
      hidden -= 1;
      return { SecurityGroups: [] };
    });
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'NotReady' });
    expect(await run(newDatabase)).toMatchObject({ securityGroupIds: [own()?.id] });
  });

  it('waits where RDS has the subnet group and does not show it yet', async () => {
    const { run, disturb, world } = await surroundings();
    disturb(async (call, answer) => {
      if (call.operation === 'CreateDBSubnetGroup') await answer();
      if (call.operation !== 'DescribeDBSubnetGroups') return answer();
      return { DBSubnetGroups: [] };
    });
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'NotReady' });
    disturb((_call, answer) => answer());
    expect(await run(newDatabase)).toMatchObject({ subnetGroupName: 'forestbridge-orders' });
    expect((await world()).subnetGroups.size).toBe(2);
  });

  it('refuses subnets of several VPCs', async () => {
    const { run, world } = await surroundings();
    const before = await world();
    await expect(run({ ...newDatabase, subnetIds: [...subnets, elsewhere] })).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: expect.stringContaining(`${vpc}, vpc-0fedcba9876543210`),
    });
    expect(await world()).toEqual(before);
  });

  it('names the subnet that is not there', async () => {
    const { run } = await surroundings();
    const missing = 'subnet-0000000000000000f';
    await expect(run({ ...newDatabase, subnetIds: [...subnets, missing] })).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining(missing),
    });
  });
});

describe('ensure-network: what stands there already', () => {
  it('adopts a subnet group of its name and of the same subnets', async () => {
    const { run, addSubnetGroup, ledger } = await surroundings();
    addSubnetGroup('forestbridge-orders', subnets.toReversed());
    expect(await run(newDatabase)).toMatchObject({ subnetGroupName: 'forestbridge-orders' });
    expect(await ledger.find('subnet-group', 'forestbridge-orders')).toBeUndefined();
  });

  it.each([[{}], [{ Subnets: [{}] }]])('refuses one that RDS shows without subnets: %j', async (group) => {
    const { run, disturb } = await surroundings();
    disturb(async (call, answer) =>
      call.operation === 'DescribeDBSubnetGroups' ? { DBSubnetGroups: [group] } : answer(),
    );
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'Conflict' });
  });

  it('refuses one of other subnets', async () => {
    const { run, addSubnetGroup } = await surroundings();
    addSubnetGroup('forestbridge-orders', subnets.slice(0, 1));
    await expect(run(newDatabase)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`${subnets[0]} instead of ${subnets.join(', ')}`),
    });
  });

  it('adopts a security group that somebody else made the same, without entering it', async () => {
    const first = await surroundings();
    await first.run(newDatabase);
    const foreign = first.own()?.rules ?? [];
    const { run, network, ledger, login } = await surroundings();
    const group = network.addSecurityGroup(vpc, 'forestbridge-orders', 'Foreign');
    network.removeRules(
      group.id,
      group.rules.map(({ id }) => id),
    );
    network.addRules(
      group.id,
      foreign.map(({ egress, protocol, fromPort, toPort, peer }) => ({
        egress,
        protocol,
        fromPort,
        toPort,
        peer: peer.startsWith('sg-') ? login.id : peer,
        description: null,
      })),
    );
    const rules = group.rules;
    expect(await run(newDatabase)).toMatchObject({ securityGroupIds: [group.id] });
    expect(group.rules).toEqual(rules);
    expect(await ledger.find('security-group', 'forestbridge-orders')).toBeUndefined();
  });

  it('refuses one that differs, and says in what', async () => {
    const { run, network, world } = await surroundings();
    const group = network.addSecurityGroup(vpc, 'forestbridge-orders', 'Foreign');
    network.addRules(group.id, [rule({ peer: '10.0.0.0/8' })]);
    const before = await world();
    const refused = run(newDatabase);
    await expect(refused).rejects.toMatchObject({ name: 'Conflict' });
    await expect(refused).rejects.toThrow('opens everything for 0.0.0.0/0, opens tcp 1433 for 10.0.0.0/8');
    await expect(refused).rejects.toThrow(/lacks tcp 1433 for sg-/);
    expect((await world()).securityGroups).toEqual(before.securityGroups);
  });

  it('uses a subnet group that the request names', async () => {
    const { run, addSubnetGroup, databases } = await surroundings();
    addSubnetGroup('shared', []);
    expect(await run({ ...newDatabase, subnetGroupName: 'shared' })).toMatchObject({
      subnetGroupName: 'shared',
    });
    expect([...databases.subnetGroups.keys()]).toEqual(['its-own', 'shared']);
  });

  it.each([
    ['is not there', null, 'DatabaseFailed', 'There is no DB subnet group shared.'],
    ['is in another VPC', 'vpc-0fedcba9876543210', 'Conflict', 'is in vpc-0fedcba9876543210'],
  ])('refuses a subnet group that %s', async (_name, VpcId, name, message) => {
    const { run, addSubnetGroup } = await surroundings();
    if (VpcId !== null) addSubnetGroup('shared', [], VpcId);
    await expect(run({ ...newDatabase, subnetGroupName: 'shared' })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});

describe('ensure-network: security groups that the request names', () => {
  it('uses them, and opens there what the request asks for', async () => {
    const { run, own, given, login, ledger, network } = await surroundings();
    const second = network.addSecurityGroup(vpc, 'second', 'Another');
    network.addRules(second.id, [rule({ peer: '10.0.0.0/8' })]);
    const securityGroupIds = [given.id, second.id];
    expect(await run({ ...newDatabase, securityGroupIds })).toMatchObject({ securityGroupIds });
    expect(own()).toBeUndefined();
    const added = given.rules.slice(1);
    expect(added).toMatchObject([
      { egress: false, fromPort: 1433, peer: login.id, description: 'forestbridge orders' },
    ]);
    expect(second.rules).toHaveLength(2);
    expect(await ledger.find('security-group-rule', `${given.id}/ingress`)).toMatchObject({
      id: added[0]?.id,
    });
  });

  it('opens them for the allowed networks alone where there are no logins', async () => {
    const { run, given } = await surroundings();
    await run({ ...newDatabase, securityGroupIds: [given.id], windowsLogins: [] });
    expect(given.rules.slice(1).map(({ peer }) => peer)).toEqual(newDatabase.allowedNetworks);
  });

  it('refuses one of another VPC', async () => {
    const { run, network } = await surroundings();
    const other = network.addSecurityGroup('vpc-0fedcba9876543210', 'other', 'Elsewhere');
    await expect(run({ ...newDatabase, securityGroupIds: [other.id] })).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`The security group ${other.id} is in vpc-0fedcba9876543210`),
    });
  });

  it('names one that is not there', async () => {
    const { run } = await surroundings();
    await expect(run({ ...newDatabase, securityGroupIds: ['sg-0123456789abcdef0'] })).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining('sg-0123456789abcdef0'),
    });
  });
});

describe('ensure-network: an existing instance', () => {
  it('gets one rule for the login function, entered in the ledger', async () => {
    const { run, given, login, ledger, world } = await surroundings();
    const answer = { subnetGroupName: null, securityGroupIds: [given.id] };
    expect(await run(existingDatabase)).toEqual(answer);
    const added = given.rules.slice(1);
    expect(added).toMatchObject([
      { egress: false, protocol: 'tcp', fromPort: 1500, toPort: 1500, peer: login.id },
    ]);
    expect(await ledger.all()).toMatchObject([
      { item: `made#security-group-rule#${given.id}/ingress`, id: added[0]?.id },
    ]);
    const before = await world();
    expect(await run(existingDatabase)).toEqual(answer);
    expect(await world()).toEqual(before);
  });

  it('is opened for the networks that the request names', async () => {
    const { run, given } = await surroundings();
    await run({ ...existingDatabase, allowedNetworks: ['10.1.0.0/16'], windowsLogins: [] });
    expect(given.rules.slice(1).map(({ peer }) => peer)).toEqual(['10.1.0.0/16']);
  });

  it.each([
    ['nobody asks for anything', {}, { windowsLogins: noNames }],
    ['the rule is there', { port: 1500 }, {}],
  ])('stays as it is where %s', async (_name, there, change) => {
    const { run, given, login, network, world } = await surroundings();
    if ('port' in there) network.addRules(given.id, [rule({ fromPort: 1500, toPort: 1500, peer: login.id })]);
    const before = await world();
    await run({ ...existingDatabase, ...change });
    expect(await world()).toEqual(before);
  });

  it('has the second call find what the first could not write down', async () => {
    const { run, given, ledger, disturb } = await surroundings();
    disturb((call, answer) => (call.operation === 'UpdateItem' ? mishaps.callLost(call, answer) : answer()));
    await expect(run(existingDatabase)).rejects.toMatchObject({ name: 'Throttled' });
    disturb((_call, answer) => answer());
    await run(existingDatabase);
    expect(await ledger.all()).toMatchObject([{ id: given.rules.at(-1)?.id }]);
  });

  it.each([
    ['has no endpoint yet', { DBInstanceStatus: 'creating' }, 'NotReady', 'its status is creating'],
    ['is shown without anything', {}, 'NotReady', 'its status is unknown'],
    ['is not shown', undefined, 'NotReady', 'its status is unknown'],
    ['is in no security group', { Endpoint: { Port: 1500 } }, 'DatabaseFailed', 'in no VPC security group'],
    [
      'is in a group without an id',
      { Endpoint: { Port: 1500 }, VpcSecurityGroups: [{ Status: 'active' }] },
      'DatabaseFailed',
      'in no VPC security group',
    ],
  ])('fails where the instance %s', async (_name, instance, name, message) => {
    const { run, disturb } = await surroundings();
    disturb(async (call, answer) =>
      call.operation === 'DescribeDBInstances' ? { DBInstances: instance && [instance] } : answer(),
    );
    await expect(run(existingDatabase)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('is not opened through a group that it is about to leave', async () => {
    const { run, given, login, disturb } = await surroundings();
    disturb(async (call, answer) =>
      call.operation === 'DescribeDBInstances'
        ? {
            DBInstances: [
              {
                Endpoint: { Port: 1500 },
                VpcSecurityGroups: [
                  { VpcSecurityGroupId: login.id, Status: 'removing' },
                  { VpcSecurityGroupId: given.id, Status: 'adding' },
                ],
              },
            ],
          }
        : answer(),
    );
    expect(await run(existingDatabase)).toMatchObject({ securityGroupIds: [given.id] });
    expect(login.rules).toHaveLength(1);
  });

  it('names an instance that is not there', async () => {
    const { run } = await surroundings();
    await expect(run({ ...existingDatabase, identifier: 'other' })).rejects.toMatchObject({
      name: 'DatabaseFailed',
      message: expect.stringContaining('DBInstance other not found.'),
    });
  });
});
