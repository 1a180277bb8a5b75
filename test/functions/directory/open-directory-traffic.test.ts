import { describe, expect, it } from 'vitest';
import type { NewRule, Place } from '../../../simulator/world/network.ts';
import { clients, company, surroundings } from '../../support/directory-group.ts';

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
});
