import { describe, expect, it } from 'vitest';
import { company, rule, surroundings } from '../../support/directory-group.ts';

describe('open-directory-traffic, where AWS refuses,', () => {
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
});
