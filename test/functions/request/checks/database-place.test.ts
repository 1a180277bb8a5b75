import { beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '../../../../simulator/wire/service-error.ts';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { changed, example } from '../requests.ts';

const vpcId = 'vpc-0a1b2c3d4e5f60718';
const otherVpcId = 'vpc-0000000000000000f';
const groupId = 'sg-0a1b2c3d4e5f60718';
const error = (code: string, ...words: readonly string[]) => ({
  level: 'error',
  code,
  message: expect.stringMatching(words.join('.*')),
});
const request = (change: object) =>
  changed(example('one-way-forest'), ['database'], {
    ...Object(Object(example('one-way-forest')).database),
    ...change,
  });

const groupOf = ({ world }: PreflightAccount): object => {
  const group = world.databases.subnetGroups.get('databases');
  if (group === undefined) throw new RangeError('There is no subnet group.');
  return group;
};

describe('the DB subnet group that the request names', () => {
  let account: PreflightAccount;
  beforeEach(async () => {
    account = await preflightAccount(request({ subnetGroupName: 'Databases' }));
  });

  it('may be there, with the subnets of the request', async () => {
    expect(await account.findings()).toEqual([]);
  });

  it('may be there with some of them alone', async () => {
    Object.assign(groupOf(account), { subnetIds: ['subnet-0a1b2c3d4e5f60714'] });

    expect(await account.findings()).toEqual([]);
  });

  it('may not be missing', async () => {
    account.world.databases.subnetGroups.clear();

    expect(await account.findings()).toEqual([error('subnet-group-missing', 'no DB subnet group databases')]);
  });

  it('is missing too where RDS shows none', async () => {
    account.altering('DescribeDBSubnetGroups', { DBSubnetGroups: undefined });

    expect(await account.findings()).toEqual([error('subnet-group-missing')]);
  });

  it('may not have others besides', async () => {
    const subnetIds = ['subnet-0a1b2c3d4e5f60714', 'subnet-0a1b2c3d4e5f60712', 'subnet-0a1b2c3d4e5f60711'];
    Object.assign(groupOf(account), { subnetIds });

    expect(await account.findings()).toEqual([
      error(
        'subnet-group-elsewhere',
        'databases has subnets that the request does not name: subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712\\. Name',
      ),
    ]);
  });
});

describe('a DB subnet group that nobody may look at', () => {
  it('is not taken for missing', async () => {
    const account = await preflightAccount(request({ subnetGroupName: 'databases' }));
    account.disturb((call, answer) => {
      if (call.operation !== 'DescribeDBSubnetGroups') return answer();
      throw new ServiceError('AccessDenied', 'Not allowed.');
    });

    await expect(account.run()).rejects.toMatchObject({ name: 'Forbidden' });
  });
});

describe('the security groups that the request names', () => {
  let account: PreflightAccount;
  beforeEach(async () => {
    account = await preflightAccount(request({ securityGroupIds: [groupId, 'sg-0a1b2c3d4e5f60719'] }));
  });

  it('may be there, in the VPC of the subnets', async () => {
    expect(await account.findings()).toEqual([]);
  });

  it('may not be missing', async () => {
    account.world.network.securityGroups.delete(groupId);

    expect(await account.findings()).toEqual([
      error('security-group-missing', `no security group ${groupId}`),
    ]);
  });

  it('are missing too where EC2 shows none', async () => {
    account.altering('DescribeSecurityGroups', { SecurityGroups: undefined });

    expect((await account.findings()).map(({ code }) => code)).toEqual([
      'security-group-missing',
      'security-group-missing',
      'login-group-missing',
    ]);
  });

  it('may not be in another VPC', async () => {
    Object.assign(account.world.network.securityGroups.get(groupId) ?? {}, { vpcId: otherVpcId });

    expect(await account.findings()).toEqual([
      error(
        'security-group-elsewhere',
        `${groupId} is in ${otherVpcId}, the database's subnets are in ${vpcId}`,
      ),
    ]);
  });

  it('must let the database out to the directory', async () => {
    for (const id of [groupId, 'sg-0a1b2c3d4e5f60719']) {
      const group = account.world.network.securityGroups.get(id);
      if (group !== undefined) group.rules = [];
    }

    expect(await account.findings()).toEqual([
      error('database-group', 'the database orders', 'do not let tcp 53', 'out to the directory'),
    ]);
  });

  it('must have room for the rules of the database', async () => {
    const rules = Array.from({ length: 59 }, (_none, at) => ({
      egress: false,
      protocol: 'tcp',
      fromPort: 80,
      toPort: 80,
      peer: `172.16.${at}.0/24`,
      description: null,
    }));
    account.world.network.addRules(groupId, rules);

    expect(await account.findings()).toEqual([
      error('rules-room', `${groupId} has 59 inbound rules and needs 2 more`),
    ]);
  });
});

describe('a place whose VPC nobody knows', () => {
  it('is judged no further than that', async () => {
    const account = await preflightAccount(
      request({ subnetGroupName: 'databases', securityGroupIds: [groupId] }),
    );
    const { network } = account.world;
    const ids = ['subnet-0a1b2c3d4e5f60713', 'subnet-0a1b2c3d4e5f60714'];
    network.addVpc(otherVpcId, '10.65.0.0/16');
    Object.assign(network.subnets.get(ids[0] ?? '') ?? {}, { vpcId: otherVpcId });
    const codes = (await account.findings()).map(({ code }) => code);
    expect(codes).toContain('database-vpcs');
    expect(codes.filter((code) => /group-elsewhere|missing$/.test(code) && !code.includes('route'))).toEqual(
      [],
    );

    for (const id of ids) network.subnets.delete(id);
    expect((await account.findings()).map(({ code }) => code)).toEqual([
      'database-subnet-missing',
      'database-subnet-missing',
    ]);
  });
});
