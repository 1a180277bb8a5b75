import { describe, expect, it } from 'vitest';
import { loginFunction } from '../../../../functions/request/checks/login-function.ts';
import { type Subnet, those } from '../../../../functions/request/checks/subnets.ts';
import type { Rule } from '../../../../functions/support/security-rules.ts';
import type { NetworkAclEntry } from '../../../../simulator/world/network/records.ts';
import { country, subnetIds, vpcId } from '../country.ts';
import { rule } from '../rules.ts';

const [here = '', there = ''] = subnetIds;
const sql = { protocol: 'tcp', fromPort: 1433, toPort: 1433 } as const;
const answers = { protocol: 'tcp', fromPort: 1024, toPort: 65_535 } as const;
const login = { subnetIds, securityGroupId: 'sg-1' };
const database = (subnets: readonly Subnet[]) => ({ subnets, groupIds: ['sg-2', 'sg-3'], port: 1433 });
const out = (change: Partial<Rule> = {}): Rule => rule('sg-1', { ...sql, egress: true, ...change });
const open = [out()];

const closed = (...networks: readonly string[]) => [
  {
    level: 'error',
    code: 'login-group-closed',
    message: `The login function's security group sg-1 does not let tcp 1433 out to ${networks.join(', ')}. Add the rule, or deploy Forestbridge again with the database's subnets in its configuration.`,
  },
];

/** What is found where it has these rules. */
const found = async (...rules: readonly Rule[]) => {
  const land = await country().territory();
  return loginFunction(land, login, { VpcId: vpcId }, rules, database(those(land, subnetIds)));
};

describe('the security group of the login function', () => {
  it.each([
    ['everything', [out({ protocol: '-1', fromPort: -1, toPort: -1 })]],
    ['more ports', [out({ fromPort: 1000, toPort: 2000 })]],
    ['the port to the VPC', [out({ peer: '10.0.0.0/16' })]],
    ['the port to each subnet', [out({ peer: '10.0.0.0/24' }), out({ peer: '10.0.1.0/24' })]],
    ['the port to the first of the database’s groups', [out({ peer: 'sg-2' })]],
    ['the port to another of the database’s groups', [out({ peer: 'sg-3' })]],
  ])('reaches the database where it lets out %s', async (_what, rules) => {
    expect(await found(...rules)).toEqual([]);
  });

  it.each([
    ['nothing', []],
    ['another port', [out({ fromPort: 1434, toPort: 1434 })]],
    ['another protocol', [out({ protocol: 'udp' })]],
    ['another network', [out({ peer: '10.1.0.0/16' })]],
    ['the port to a group that is not the database’s', [out({ peer: 'sg-4' })]],
    ['another port to the database’s group', [out({ peer: 'sg-2', fromPort: 1434, toPort: 1434 })]],
  ])('reaches no database where it lets out %s', async (_what, rules) => {
    expect(await found(...rules)).toEqual(closed('10.0.0.0/24', '10.0.1.0/24'));
  });

  it.each(['0.0.0.0/0', 'sg-2'])('is not opened by other groups nor inwards, for %s', async (peer) => {
    const rules = [out({ peer, egress: false }), out({ peer, groupId: 'sg-2' })];

    expect(await found(...rules)).toEqual(closed('10.0.0.0/24', '10.0.1.0/24'));
  });

  it('must let the port out to every subnet', async () => {
    expect(await found(out({ peer: '10.0.0.0/24' }))).toEqual(closed('10.0.1.0/24'));
  });

  it('is not judged while nobody knows the port, nor where it is missing', async () => {
    const land = await country().territory();
    const target = database(those(land, subnetIds));

    expect(loginFunction(land, login, { VpcId: vpcId }, [], { ...target, port: undefined })).toEqual([]);
    expect(loginFunction(land, login, undefined, [], target).map(({ code }) => code)).toEqual([
      'login-group-missing',
    ]);
  });
});

describe('the network ACLs between the login function and the database', () => {
  const allow = (egress: boolean, ports: typeof sql | typeof answers, cidr: string): NetworkAclEntry => ({
    ...ports,
    egress,
    cidr,
    number: ports === sql ? 100 : 200,
    action: 'allow',
  });
  const function1433 = allow(true, sql, '10.0.1.0/24');
  const functionAnswers = allow(false, answers, '10.0.1.0/24');
  const database1433 = allow(false, sql, '10.0.0.0/24');
  const databaseAnswers = allow(true, answers, '10.0.0.0/24');
  const all = [function1433, functionAnswers, database1433, databaseAnswers];

  /** What is found where the function's subnet and the database's have network ACLs with these entries. */
  const found = async (entries: readonly NetworkAclEntry[], port = 1433) => {
    const { network, territory } = country();
    const of = (cidr: string) => entries.filter((entry) => entry.cidr === cidr);
    const lists = [
      network.addNetworkAcl(vpcId, [here], of('10.0.1.0/24')).id,
      network.addNetworkAcl(vpcId, [there], of('10.0.0.0/24')).id,
    ];
    const land = await territory();
    const own = { ...login, subnetIds: [here] };
    const target = { ...database(those(land, [there])), port };
    return { findings: loginFunction(land, own, { VpcId: vpcId }, open, target), lists };
  };

  it('may let through the port and its answers, and nothing more', async () => {
    expect((await found(all)).findings).toEqual([]);
  });

  it.each([
    [here, '10.0.1.0/24', 'out to it tcp 1433', function1433, 0],
    [here, '10.0.1.0/24', 'in from it tcp 1024-65535', functionAnswers, 0],
    [there, '10.0.0.0/24', 'in from it tcp 1433', database1433, 1],
    [there, '10.0.0.0/24', 'out to it tcp 1024-65535', databaseAnswers, 1],
  ])('must let through, between %s and %s, %s', async (subnet, network, words, without, at) => {
    const { findings, lists } = await found(all.filter((entry) => entry !== without));

    expect(findings).toEqual([
      {
        level: 'error',
        code: 'network-acl',
        message: `Between ${subnet} and ${network} the network ACL ${lists[at]} does not let through ${words}. Allow these ports in it; 1024-65535 are the answers'.`,
      },
    ]);
  });

  it('must let through the database’s own port', async () => {
    const { findings } = await found(all, 1500);

    expect(findings).toHaveLength(3);
    expect(findings[0]).toMatchObject({ code: 'login-group-closed' });
    expect(findings[0]?.message).toContain('does not let tcp 1500 out');
    expect(findings[1]?.message).toContain('does not let through out to it tcp 1500. ');
    expect(findings[2]?.message).toContain('does not let through in from it tcp 1500. ');
  });

  it('are not judged while nobody knows the port', async () => {
    const { network, territory } = country();
    network.addNetworkAcl(vpcId, subnetIds, []);
    const land = await territory();
    const target = { ...database(those(land, [there])), port: undefined };

    expect(loginFunction(land, { ...login, subnetIds: [here] }, {}, open, target)).toEqual([]);
  });

  it('have no say within one subnet', async () => {
    const { network, territory } = country();
    network.addNetworkAcl(vpcId, [here], []);
    const land = await territory();
    const target = database(those(land, [here]));

    expect(loginFunction(land, { ...login, subnetIds: [here] }, {}, open, target)).toEqual([]);
  });

  it('are judged between the subnets that both stand in', async () => {
    const { network, territory } = country();
    network.addNetworkAcl(vpcId, [here, there], []);
    const land = await territory();
    const target = database(those(land, [here, there]));

    const findings = loginFunction(land, { ...login, subnetIds: [here, there] }, {}, open, target);

    expect(findings.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'network-acl'));
  });

  it('may be another account’s: then somebody has to look', async () => {
    const land = { ...(await country().territory()), networkAcls: [] };
    const target = database(those(land, [there]));

    expect(loginFunction(land, { ...login, subnetIds: [here] }, {}, open, target)).toEqual([
      {
        level: 'warning',
        code: 'network-acl-unread',
        message: `This account does not see the network ACL of ${here}. See to it that it lets tcp 1433 and its answers through, both ways, for 10.0.1.0/24.`,
      },
      {
        level: 'warning',
        code: 'network-acl-unread',
        message: `This account does not see the network ACL of ${there}. See to it that it lets tcp 1433 and its answers through, both ways, for 10.0.0.0/24.`,
      },
    ]);
  });
});
