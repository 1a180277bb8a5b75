import { describe, expect, it } from 'vitest';
import { loginFunction } from '../../../../functions/request/checks/login-function.ts';
import { connected } from '../../../../functions/request/checks/reach.ts';
import { type Subnet, those } from '../../../../functions/request/checks/subnets.ts';
import { country, otherSubnetIds, otherVpcId, subnetIds, vpcId } from '../country.ts';
import { type PreflightAccount, preflightAccount } from '../preflight-account.ts';
import { changed, example } from '../requests.ts';
import { rule } from '../rules.ts';

const sql = { protocol: 'tcp', fromPort: 1433, toPort: 1433 } as const;
const login = { subnetIds, securityGroupId: 'sg-1' };
const database = (subnets: readonly Subnet[]) => ({ subnets, groupIds: ['sg-2'], port: 1433 });
const open = [rule('sg-1', { ...sql, egress: true })];
const error = (code: string, words: string) => ({
  level: 'error',
  code,
  message: expect.stringContaining(words),
});

/** Takes away what lets the login function out. */
const close = ({ world, loginSecurityGroupId }: PreflightAccount): void => {
  const group = world.network.securityGroups.get(loginSecurityGroupId);
  if (group !== undefined) group.rules = [];
};

const egress = (peer: string, port: number) => ({
  ...sql,
  egress: true,
  fromPort: port,
  toPort: port,
  peer,
  description: null,
});

describe('the login function', () => {
  it('reaches a database of its own VPC', async () => {
    const land = await country().territory();

    expect(loginFunction(land, login, { VpcId: vpcId }, open, database(those(land, subnetIds)))).toEqual([]);
  });

  it('needs its subnets', async () => {
    const land = await country().territory();
    const gone = { ...login, subnetIds: ['subnet-00000000', ...subnetIds] };

    expect(loginFunction(land, gone, { VpcId: vpcId }, open, database(those(land, subnetIds)))).toEqual([
      error('login-subnet-missing', 'There is no subnet subnet-00000000 in this account and Region. Deploy'),
    ]);
  });

  it('needs its security group', async () => {
    const land = await country().territory();

    expect(loginFunction(land, login, undefined, open, database(those(land, subnetIds)))).toEqual([
      error('login-group-missing', 'There is no security group sg-1 of the login function'),
    ]);
    expect(loginFunction(land, login, {}, open, database(those(land, subnetIds)))).toEqual([]);
  });

  it('needs the way to another VPC, and back, and is warned of its group', async () => {
    const { territory, peer } = country();
    const databases = async () => those(await territory(), otherSubnetIds);
    const found = async () =>
      loginFunction(await territory(), login, { VpcId: vpcId }, open, database(await databases()));
    const elsewhere = {
      level: 'warning',
      code: 'login-group-elsewhere',
      message: expect.stringContaining(`sg-1 is in ${vpcId}, the database in ${otherVpcId}. The`),
    };
    expect(await found()).toEqual([
      elsewhere,
      error('login-route-missing', 'has no route to all of 10.1.0.0/24, 10.1.1.0/24'),
      error('login-route-missing', 'has no route to all of 10.0.0.0/24, 10.0.1.0/24'),
    ]);

    peer('here');
    expect(await found()).toEqual([elsewhere, error('login-route-missing', 'to all of 10.0.0.0/24')]);
    peer('there');
    expect(await found()).toEqual([elsewhere]);
  });

  it('is not judged by a database whose VPC nobody knows', async () => {
    const land = await country().territory();

    expect(loginFunction(land, login, { VpcId: vpcId }, open, database([]))).toEqual([]);
    const both = database(those(land, [...subnetIds, ...otherSubnetIds]));
    expect(loginFunction(land, login, { VpcId: vpcId }, open, both).map(({ code }) => code)).not.toContain(
      'login-group-elsewhere',
    );
  });
});

describe('subnets that are to reach each other', () => {
  it('do so within one VPC, and by routes there and back between two', async () => {
    const { territory, peer } = country();
    peer('there');
    const land = await territory();
    const here = those(land, subnetIds);
    const there = those(land, otherSubnetIds);

    expect(connected(land, here, here, 'x-route')).toEqual([]);
    expect(connected(land, here, there, 'x-route')).toEqual([
      error('x-route-missing', 'to all of 10.1.0.0/24'),
    ]);
    expect(connected(land, there, [...here, ...there], 'x-route')).toHaveLength(1);
  });
});

describe('the login function, in a whole account', () => {
  it('is looked at only where there are logins to create', async () => {
    const account = await preflightAccount(example('one-way-forest'));
    const { network } = account.world;
    network.securityGroups.delete(account.loginSecurityGroupId);
    for (const id of account.loginSubnetIds) network.subnets.delete(id);
    expect((await account.findings()).map(({ code }) => code)).toEqual([
      'login-subnet-missing',
      'login-subnet-missing',
      'login-group-missing',
    ]);

    const without = await preflightAccount(
      changed(example('one-way-forest'), ['database', 'windowsLogins'], []),
    );
    without.world.network.securityGroups.delete(without.loginSecurityGroupId);
    for (const id of without.loginSubnetIds) without.world.network.subnets.delete(id);
    expect(await without.findings()).toEqual([]);
    expect(without.calls).not.toContain('ec2:DescribeSecurityGroups');
  });

  it('must be let out to the port that a new database gets', async () => {
    const account = await preflightAccount(changed(example('one-way-forest'), ['database', 'port'], 1500));
    close(account);
    expect(await account.findings()).toEqual([error('login-group-closed', 'does not let tcp 1500 out to')]);

    const { network } = account.world;
    const [vpc] = [...network.vpcs.values()];
    network.addRules(account.loginSecurityGroupId, [egress(vpc?.cidr ?? '', 1500)]);
    expect(await account.findings()).toEqual([]);
  });

  it('must be let out to the port that an existing instance has, be it by its group', async () => {
    const account = await preflightAccount(example('existing-instance'));
    const { securityGroupIds: [groupId = ''] = [], port = 0 } = account.world.databases.find('archive') ?? {};
    close(account);
    expect(await account.findings()).toEqual([
      error('login-group-closed', `does not let tcp ${port} out to`),
    ]);

    account.world.network.addRules(account.loginSecurityGroupId, [egress(groupId, port)]);
    expect(await account.findings()).toEqual([]);
  });

  it('is not judged by an instance that has no port yet', async () => {
    const account = await preflightAccount(example('existing-instance'));
    close(account);
    account.altering('DescribeDBInstances', { 'DBInstances[0].Endpoint': undefined });

    expect((await account.findings()).map(({ code }) => code)).not.toContain('login-group-closed');
  });
});
