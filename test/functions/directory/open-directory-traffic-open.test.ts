import { describe, expect, it } from 'vitest';
import { company, onPremises, rule, surroundings } from '../../support/directory-group.ts';

describe('open-directory-traffic, by what is open already,', () => {
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
    ['an older directory’s rules from everywhere', [rule({}), rule({ protocol: 'udp' })], 14],
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

  it('opens everything where AWS shows no rule at all', async () => {
    const { disturb, run } = await surroundings();
    disturb((call, answer) => (call.operation.startsWith('Describe') ? Promise.resolve({}) : answer()));
    expect(await run()).toEqual({ opened: 37 });
  });
});
