import { describe, expect, it } from 'vitest';
import { databaseNetwork, newDatabase, rule, vpc } from '../../support/database-network.ts';
import { mishaps } from '../../support/mishaps.ts';

const name = 'forestbridge-orders';

/** An account with somebody else's group of that name and of just the rules wanted; the request may have begun one. */
const withForeign = async (isBegun: boolean, tags: Readonly<Record<string, string>> = {}) => {
  const first = await databaseNetwork();
  await first.run(newDatabase);
  const account = await databaseNetwork();
  const { network, ledger, login } = account;
  const group = network.addSecurityGroup(vpc, name, 'Foreign', tags);
  network.removeRules(
    group.id,
    group.rules.map(({ id }) => id),
  );
  network.addRules(
    group.id,
    (first.own()?.rules ?? []).map(({ egress, protocol, fromPort, toPort, peer }) => ({
      egress,
      protocol,
      fromPort,
      toPort,
      peer: peer.startsWith('sg-') ? login.id : peer,
      description: null,
    })),
  );
  if (isBegun) await ledger.making('security-group', name);
  return { ...account, group };
};

describe('the security group of a new database', () => {
  it('never has both the rule that lets everything out and one of its own', async () => {
    const { run, own, disturb } = await databaseNetwork();
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

  it('is not entered without its id', async () => {
    const { run, disturb, ledger } = await databaseNetwork();
    disturb(async (call, answer) => {
      const answered: unknown = await answer();
      return call.operation === 'CreateSecurityGroup' ? {} : answered;
    });

    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'NotReady' });

    expect(await ledger.find('security-group', name)).not.toHaveProperty('id');
    disturb((_call, answer) => answer());
    await run(newDatabase);
    expect(await ledger.find('security-group', name)).toMatchObject({ id: expect.stringMatching(/^sg-/) });
  });

  it('closes again what lets everything out, and opens what somebody closed', async () => {
    const { run, own, network } = await databaseNetwork();
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

  it('waits where EC2 has the group and does not show it yet', async () => {
    const { run, own, disturb } = await databaseNetwork();
    let hidden = 1;
    disturb(async (call, answer) => {
      if (call.operation === 'CreateSecurityGroup') await answer();
      if (call.operation !== 'DescribeSecurityGroups' || hidden === 0) return answer();
      hidden -= 1;
      return { SecurityGroups: [] };
    });
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'NotReady' });
    expect(await run(newDatabase)).toMatchObject({ securityGroupIds: [own()?.id] });
  });

  it('adopts a security group that somebody else made the same, without entering it', async () => {
    const { run, group, ledger } = await withForeign(false);
    const rules = group.rules;
    expect(await run(newDatabase)).toMatchObject({ securityGroupIds: [group.id] });
    expect(group.rules).toEqual(rules);
    expect(await ledger.find('security-group', name)).toBeUndefined();
  });

  it('does not take one without its tag for its own, though it had begun one', async () => {
    const { run, group, ledger } = await withForeign(true);
    expect(await run(newDatabase)).toMatchObject({ securityGroupIds: [group.id] });
    expect(await ledger.find('security-group', name)).not.toHaveProperty('id');
  });

  it.each([
    ['without its tag, though it had begun one', {}],
    ['of another request, though it had begun one', { 'forestbridge:request': 'billing' }],
  ] as const)('changes nothing in one %s', async (_which, tags) => {
    const { run, group, network } = await withForeign(true, tags);
    network.removeRules(group.id, [group.rules[0]?.id ?? '']);
    const before = structuredClone(group);
    await expect(run(newDatabase)).rejects.toMatchObject({
      name: 'Conflict',
      message: expect.stringContaining(`${name} (${group.id}) is there, this request did not make it`),
    });
    expect(structuredClone(group)).toEqual(before);
  });

  it('takes one that it had begun for its own by its tag, and completes it', async () => {
    const { run, own, network, ledger } = await databaseNetwork();
    await ledger.making('security-group', name);
    const { id } = network.addSecurityGroup(vpc, name, 'Ours', { 'forestbridge:request': 'orders' });
    expect(await run(newDatabase)).toMatchObject({ securityGroupIds: [id] });
    expect(own()?.rules).toHaveLength(31);
    expect(await ledger.find('security-group', name)).toMatchObject({ id });
  });

  it('does not take one for its own that took the place of its own, whatever its tag', async () => {
    const { run, own, network } = await databaseNetwork();
    await run(newDatabase);
    network.removeSecurityGroup(own()?.id ?? '');
    const other = network.addSecurityGroup(vpc, name, 'Foreign', { 'forestbridge:request': 'orders' });
    const { rules } = other;
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'Conflict' });
    expect(other.rules).toEqual(rules);
  });

  it('is made anew where it is gone, and the ledger forgets the old one before', async () => {
    const { run, own, network, ledger, disturb } = await databaseNetwork();
    await run(newDatabase);
    const gone = own()?.id;
    network.removeSecurityGroup(gone ?? '');
    disturb((call, answer) =>
      call.operation === 'CreateSecurityGroup' ? mishaps.callLost(call, answer) : answer(),
    );
    await expect(run(newDatabase)).rejects.toMatchObject({ name: 'Throttled' });
    expect(await ledger.find('security-group', name)).not.toHaveProperty('id');
    disturb((_call, answer) => answer());
    await run(newDatabase);
    expect(own()?.rules).toHaveLength(31);
    expect(await ledger.find('security-group', name)).toMatchObject({ id: own()?.id });
    expect(own()?.id).not.toBe(gone);
  });

  it('refuses one that differs, and says in what', async () => {
    const { run, network, world } = await databaseNetwork();
    const group = network.addSecurityGroup(vpc, 'forestbridge-orders', 'Foreign');
    network.addRules(group.id, [rule({ peer: '10.0.0.0/8' })]);
    const before = await world();
    const refused = run(newDatabase);
    await expect(refused).rejects.toMatchObject({ name: 'Conflict' });
    await expect(refused).rejects.toThrow('opens everything for 0.0.0.0/0, opens tcp 1433 for 10.0.0.0/8');
    await expect(refused).rejects.toThrow(/lacks tcp 1433 for sg-/);
    expect((await world()).securityGroups).toEqual(before.securityGroups);
  });

  it('takes no security group of another VPC for its own', async () => {
    const { run, network } = await databaseNetwork();
    const other = network.addSecurityGroup('vpc-0fedcba9876543210', 'forestbridge-orders', 'Foreign');
    const { rules } = other;
    expect(await run(newDatabase)).not.toMatchObject({ securityGroupIds: [other.id] });
    expect(other.rules).toEqual(rules);
  });
});
