import { describe, expect, it } from 'vitest';
import { openDirectoryTraffic } from '../../../functions/directory/open-directory-traffic.ts';
import type { NewRule, Place } from '../../../simulator/world/network.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { networkAccount } from '../../support/network-account.ts';

const company = '10.1.0.0/16';
const clients = '10.2.0.0/16';
const onPremises = { networks: [company], clientNetworks: [clients] };

const rule = (change: Partial<NewRule>): NewRule => ({
  egress: false,
  protocol: 'tcp',
  fromPort: 0,
  toPort: 65_535,
  peer: '0.0.0.0/0',
  description: null,
  ...change,
});

/** A directory's group as AWS makes it today: in from its own VPC, out only to itself. */
const surroundings = async () => {
  const account = await networkAccount();
  const { network } = account;
  network.addVpc('vpc-1', '10.0.0.0/16');
  network.addSubnet('subnet-a', 'vpc-1', '10.0.1.0/24', 'eu-west-1a');
  network.route('subnet-a', { destination: '10.0.0.0/8', target: 'tgw-1', state: 'active' });
  const group = network.addSecurityGroup('vpc-1', 'd-0123456789_controllers', 'AWS created security group');
  network.removeRules(
    group.id,
    group.rules.map(({ id }) => id),
  );
  network.addRules(group.id, [
    rule({ protocol: '-1', fromPort: -1, toPort: -1, egress: true, peer: group.id }),
    rule({ peer: '10.0.0.0/16' }),
  ]);
  const controller = network.addInterface('subnet-a', [group.id], 'A domain controller');
  const run = (asked = onPremises): Promise<unknown> =>
    account.run(openDirectoryTraffic, { directory: { securityGroupId: group.id }, onPremises: asked });
  return { ...account, group, controller, run };
};

const spread = (each: NewRule): number => each.toPort - each.fromPort;

const host = (address: string): Place => ({ address, subnetId: null, securityGroupIds: [] });

describe('open-directory-traffic', () => {
  const tcp = [53, 88, 135, 389, 445, 464, 636, 3268, 3269, 49_152, 60_000, 65_535];
  const udp = [53, 88, 123, 389, 464];
  const both = [
    ...tcp.map((port) => ({ protocol: 'tcp', port }) as const),
    ...udp.map((port) => ({ protocol: 'udp', port }) as const),
  ];

  it('lets the domain controllers speak to each other, both ways', async () => {
    const { network, controller, run } = await surroundings();
    await run();
    const theirs = host('10.1.0.10');
    const answers = both.flatMap((traffic) => [
      network.reaches(controller, theirs, traffic),
      network.reaches(theirs, controller, traffic),
    ]);
    expect(answers).toEqual(both.flatMap(() => [true, true]));
  });

  it('lets clients in where they find, ask and change, and nowhere else', async () => {
    const { network, controller, run } = await surroundings();
    await run();
    const open = both.filter((traffic) => network.reaches(host('10.2.0.10'), controller, traffic) === true);
    expect(open.map(({ protocol, port }) => `${protocol} ${port}`)).toEqual([
      'tcp 53',
      'tcp 88',
      'tcp 389',
      'tcp 445',
      'tcp 464',
      'udp 53',
      'udp 88',
      'udp 389',
      'udp 464',
    ]);
  });

  it('opens nothing else: no other port, nothing to or from everybody, nothing out to clients', async () => {
    const { group, run } = await surroundings();
    const before = group.rules;
    expect(await run()).toEqual({ opened: 14 + 14 + 9 });
    const added = group.rules.filter((each) => !before.includes(each));
    const peers = (egress: boolean) =>
      new Set(added.filter((each) => each.egress === egress).map(({ peer }) => peer));
    expect(peers(true)).toEqual(new Set([company]));
    expect(peers(false)).toEqual(new Set([company, clients]));
    expect(new Set(added.map(({ description }) => description))).toEqual(new Set(['forestbridge orders']));
    expect(added.filter((each) => spread(each) > 1).map(({ fromPort }) => fromPort)).toEqual(
      Array(2).fill(49_152),
    );
  });

  it('takes one call a direction, and writes down first what it is about to open', async () => {
    const { calls, disturb, ledger, run, group } = await surroundings();
    const known: unknown[] = [];
    disturb(async (call, answer) => {
      if (call.operation.startsWith('Authorize')) known.push((await ledger.all()).length);
      return answer();
    });
    await run();
    expect(calls.filter((call) => call.startsWith('ec2:Authorize'))).toEqual([
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:AuthorizeSecurityGroupIngress',
    ]);
    expect(known).toEqual([1, 2]);
    const mine = (egress: boolean) =>
      group.rules
        .filter((each) => each.egress === egress && each.description !== null)
        .map(({ id }) => id)
        .toSorted()
        .join(' ');
    expect(await ledger.find('directory-rule', `${group.id}/egress`)).toMatchObject({ id: mine(true) });
    expect(await ledger.find('directory-rule', `${group.id}/ingress`)).toMatchObject({ id: mine(false) });
  });

  it('opens clients’ ports once where clients stand in the company’s networks', async () => {
    const { run } = await surroundings();
    expect(await run({ networks: [company], clientNetworks: [company, '10.1.7.0/24'] })).toEqual({
      opened: 28,
    });
  });

  it('writes nothing where everything is open already', async () => {
    const { run, world, disturb, calls } = await surroundings();
    await run();
    const before = await world();
    disturb((_call, answer) => answer());
    expect(await run()).toEqual({ opened: 0 });
    expect(calls.filter((call) => !/Describe|GetItem/.test(call))).toEqual([]);
    expect(await world()).toEqual(before);
  });

  it('reads every page of the rules', async () => {
    const { run, network, group, disturb } = await surroundings();
    await run();
    const before = group.rules;
    disturb((call, answer) => {
      if (call.operation === 'DescribeSecurityGroupRules')
        Object.assign(Object(call.input), { MaxResults: 5 });
      return answer();
    });
    expect(await run()).toEqual({ opened: 0 });
    expect(network.securityGroups.get(group.id)?.rules).toEqual(before);
  });

  it.each([
    [
      'an older directory’s rules from everywhere',
      [rule({ fromPort: 0 }), rule({ protocol: 'udp', fromPort: 0 })],
      14,
    ],
    [
      'all traffic from a wider network',
      [rule({ protocol: '-1', fromPort: -1, toPort: -1, peer: '10.0.0.0/8' })],
      14,
    ],
    ['all traffic out', [rule({ protocol: '-1', fromPort: -1, toPort: -1, egress: true })], 23],
    ['a narrower network', [rule({ peer: '10.1.0.0/17' })], 37],
    ['another protocol', [rule({ protocol: 'icmp', fromPort: -1, toPort: -1 })], 37],
    ['the first ports of a range only', [rule({ fromPort: 49_152, toPort: 65_534 })], 37],
    ['the last ports of a range only', [rule({ fromPort: 49_153 })], 37],
    ['the other family of addresses', [rule({ protocol: '-1', fromPort: -1, toPort: -1, peer: '::/0' })], 37],
  ])('counts what covers it as open: %s', async (_name, rules, opened) => {
    const { run, network, group } = await surroundings();
    network.addRules(group.id, rules);
    expect(await run()).toEqual({ opened });
  });

  it('never enters what others opened', async () => {
    const { run, network, group, ledger, disturb, calls } = await surroundings();
    disturb((_call, answer) => answer());
    const all = { protocol: '-1', fromPort: -1, toPort: -1 };
    network.addRules(group.id, [rule(all), rule({ ...all, egress: true })]);
    expect(await run()).toEqual({ opened: 0 });
    expect(calls).toEqual(['dynamodb:GetItem', 'ec2:DescribeSecurityGroupRules']);
    expect(await ledger.all()).toEqual([]);
  });

  it('enters what it opens later beside what it opened before', async () => {
    const { run, group, ledger } = await surroundings();
    await run();
    expect(await run({ ...onPremises, networks: [company, '10.3.0.0/16'] })).toEqual({ opened: 28 });
    const entry = await ledger.find('directory-rule', `${group.id}/egress`);
    expect(entry?.id?.split(' ')).toHaveLength(28);
  });

  it.each([
    [true, '14 more outbound'],
    [false, '23 more inbound'],
  ])('says that a group is full, and what to do: egress %s', async (egress, words) => {
    const { run, network, group } = await surroundings();
    network.addRules(
      group.id,
      Array.from({ length: 50 }, (_, port) =>
        rule({ egress, fromPort: port, toPort: port, peer: '172.16.0.0/12' }),
      ),
    );
    await expect(run()).rejects.toMatchObject({
      name: 'DirectoryFailed',
      message: expect.stringContaining(`${group.id} has no room for ${words} rules`),
    });
  });

  it('says in AWS’s words that there is no such group', async () => {
    const { network, group, run } = await surroundings();
    network.removeSecurityGroup(group.id);
    await expect(run()).rejects.toMatchObject({
      name: 'DirectoryFailed',
      message: `InvalidGroup.NotFound: The security group '${group.id}' does not exist`,
    });
  });

  it('takes rules that it finds there after all for the ones it made', async () => {
    const { run, group, ledger, disturb } = await surroundings();
    disturb((call, answer) =>
      call.operation === 'AuthorizeSecurityGroupEgress' ? mishaps.carriedOutTwice(call, answer) : answer(),
    );
    expect(await run()).toEqual({ opened: 37 });
    const entry = await ledger.find('directory-rule', `${group.id}/egress`);
    expect(entry?.id?.split(' ')).toHaveLength(14);
  });

  it('waits where somebody else opens one of the rules at the same moment', async () => {
    const { network, group, disturb, run } = await surroundings();
    const others = rule({ egress: true, fromPort: 53, toPort: 53, peer: company });
    disturb((call, answer) => {
      if (call.operation === 'AuthorizeSecurityGroupEgress' && group.rules.length === 2)
        network.addRules(group.id, [others]);
      return answer();
    });
    await expect(run()).rejects.toMatchObject({ name: 'NotReady' });
    expect(await run()).toEqual({ opened: 13 + 23 });
  });

  it('has a later call enter the ids that AWS did not answer with', async () => {
    const { disturb, run, ledger, group } = await surroundings();
    disturb(async (call, answer) => {
      const answered = await answer();
      return call.operation.startsWith('Authorize') ? {} : answered;
    });
    await run();
    disturb((_call, answer) => answer());
    expect(await run()).toEqual({ opened: 0 });
    const entry = await ledger.find('directory-rule', `${group.id}/egress`);
    expect(entry?.id?.split(' ')).toHaveLength(14);
  });

  it('opens everything where AWS shows no rule at all', async () => {
    const { disturb, run } = await surroundings();
    disturb((call, answer) => (call.operation.startsWith('Describe') ? Promise.resolve({}) : answer()));
    expect(await run()).toEqual({ opened: 37 });
  });

  it.each(Object.entries(mishaps))('leaves one of everything: %s at any call', async (_name, mishap) => {
    const whole = await surroundings();
    await whole.run();
    const positions = positionsOf(whole.calls, mishap);
    const expected = await whole.world();
    for (const position of positions) {
      const { disturb, run, world } = await surroundings();
      disturb(at(position, mishap));
      await run().catch((error: unknown) => expect(error).toMatchObject({ name: 'Throttled' }));
      await run();
      expect(await world()).toEqual(expected);
    }
    expect(positions.length).toBeGreaterThan(4);
  });
});
