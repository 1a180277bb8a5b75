import { describe, expect, it } from 'vitest';
import { domainRolePolicy } from '../../../simulator/world/world.ts';
import { directoryId, directoryName, domainName } from '../../support/company.ts';
import { type MemberAccount, memberAccount, roleName } from '../../support/member-account.ts';

const [known, unknown, unreachable] = ['found', 'unknown', 'unreachable'];

describe('looking up a Windows name', () => {
  it.each(['CORP\\DBAdmins', 'corp\\dbadmins'])('finds %s through the trust', (name) => {
    const { world, instance } = memberAccount();

    expect(world.lookUp(instance, name)).toBe(known);
  });

  it.each(['OTHER\\DBAdmins', 'DBAdmins', 'DBAdmins@corp.example.com', ''])('does not know %j', (name) => {
    const { world, instance } = memberAccount();

    expect(world.lookUp(instance, name)).toBe(unknown);
  });

  it('knows only the accounts that there are, where the company has told them', () => {
    const { world, instance, forest } = memberAccount();
    world.forests.splice(0, 1, { ...forest, principals: new Set(['DBAdmins']) });

    expect(['CORP\\DBAdmins', 'CORP\\Nobody'].map((name) => world.lookUp(instance, name))).toEqual([
      known,
      unknown,
    ]);
  });

  it.each<[string, string | undefined, (account: MemberAccount) => void]>([
    ['the instance is no member', unknown, ({ instance }) => void (instance.membership = null)],
    [
      'it was not rebooted since it joined',
      unknown,
      ({ instance }) => instance.membership && (instance.membership.inEffect = false),
    ],
    ['its directory is gone', unknown, ({ world }) => world.directories.all.splice(0)],
    ['there is no trust', unreachable, ({ directory }) => directory.trusts.splice(0)],
    [
      'the trust is with another company',
      unreachable,
      ({ directory }) =>
        directory.trusts.splice(0, 1, { ...one(directory.trusts), remoteDomainName: 'x.example.com' }),
    ],
    [
      'only the company trusts',
      unknown,
      ({ directory }) =>
        directory.trusts.splice(0, 1, { ...one(directory.trusts), direction: 'One-Way: Incoming' }),
    ],
    [
      'the halves do not fit',
      unreachable,
      ({ directory }) => directory.trusts.splice(0, 1, { ...one(directory.trusts), password: 'Another-1' }),
    ],
    ['Kerberos is closed', unreachable, ({ forest }) => forest.closedPorts.add(88)],
    ['the clocks differ', unreachable, ({ controller }) => void (controller.clockSkewSeconds = -301)],
    ['the domain controller is down', unreachable, ({ controller }) => void (controller.up = false)],
    ['the clocks nearly agree', known, ({ controller }) => void (controller.clockSkewSeconds = 300)],
  ])('where %s, answers %s', (_what, answer, change) => {
    const account = memberAccount();
    change(account);

    expect(account.world.lookUp(account.instance, 'CORP\\DBAdmins')).toBe(answer);
  });

  it('asks another domain controller where one has the wrong time', () => {
    const { world, instance, forest, controller } = memberAccount();
    forest.domainControllers.push({ ...controller, managedNodeId: 'mi-2', address: '10.20.0.11' });
    controller.clockSkewSeconds = 900;

    expect(world.lookUp(instance, 'CORP\\DBAdmins')).toBe(known);
  });
});

const one = <Thing>([thing]: readonly Thing[]): Thing => {
  if (thing === undefined) throw new RangeError('There is none.');
  return thing;
};

describe('joining a directory', () => {
  it('needs nothing but what is there', () => {
    const { world, instance } = memberAccount();

    expect(world.whyNotJoin(instance, directoryId, roleName)).toBeNull();
    expect(world.activeDirectory(directoryId)).toBe(directoryName);
  });

  it.each<[string, (account: MemberAccount) => void]>([
    [
      `the role ${roleName} is too new`,
      ({ world }) => world.roles.all.forEach((role) => world.roles.attach(role, domainRolePolicy)),
    ],
    [
      `there is no role ${roleName}`,
      ({ world }) => world.roles.all.forEach((role) => world.roles.remove(role)),
    ],
    [`the directory ${directoryId} is not Active`, ({ directory }) => void (directory.stage = 'Impaired')],
    [`the directory ${directoryId} is not Active`, ({ world }) => world.directories.all.splice(0)],
    [
      'has no egress rule for tcp 53 to 10.0.0.4',
      ({ world, group }) =>
        world.network.removeRules(
          group.id,
          group.rules.map(({ id }) => id),
        ),
    ],
    [
      'has no ingress rule for tcp 53 from 10.0.0',
      ({ world, directory }) =>
        world.network.removeRules(
          directory.securityGroupId,
          world.network.securityGroups.get(directory.securityGroupId)?.rules.map(({ id }) => id) ?? [],
        ),
    ],
  ])('fails because %s', (reason, change) => {
    const account = memberAccount();
    change(account);

    expect(account.world.whyNotJoin(account.instance, directoryId, roleName)).toContain(reason);
  });

  it('finds no directory that is not Active', () => {
    const { world, directory } = memberAccount();
    directory.stage = 'Creating';

    expect([world.activeDirectory(directoryId), world.activeDirectory('d-0000000000')]).toEqual([null, null]);
  });
});

describe('a world', () => {
  it('is the same of the same seed', () => {
    const [one, other] = [memberAccount(), memberAccount()];

    expect(one.instance).toEqual(other.instance);
    expect(one.directory.trusts).toEqual(other.directory.trusts);
    expect(one.directory.trusts[0]?.remoteDomainName).toBe(domainName);
  });
});
