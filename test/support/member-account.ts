import { domainRolePolicy, type World } from '../../simulator/world/world.ts';
import { directoryId, domainName, subnetIds, vpcId } from './company.ts';
import { companyAccount } from './company-account.ts';
import { settings, trustPolicy } from './database-account.ts';

export const roleName = 'forestbridge-rds-domain';
const password = 'Of-both-halves-1';

/** A trust that works: both halves, forwarders both ways. */
const placeTrust = (world: World): void => {
  const [directory] = world.directories.all;
  const [forest] = world.forests;
  if (directory === undefined || forest === undefined) throw new RangeError('The world is empty.');
  forest.forwarders.set(directory.name, directory.dnsIpAddresses);
  forest.halves.set(directory.name, {
    direction: 'Inbound',
    type: 'Forest',
    selectiveAuthentication: false,
    password,
  });
  world.trusts.forward(directory, domainName, forest.dnsIpAddresses);
  world.trusts.create(directory, {
    remoteDomainName: domainName,
    direction: 'One-Way: Outgoing',
    type: 'Forest',
    selectiveAuthentication: false,
    password,
  });
};

/** An account whose instance is a member of the directory that trusts the company. */
export const memberAccount = () => {
  const account = companyAccount();
  const { world } = account;
  placeTrust(world);
  const group = world.network.addSecurityGroup(vpcId, 'database', 'A database');
  world.databases.addSubnetGroup({
    name: settings.subnetGroupName,
    description: 'Databases',
    vpcId,
    subnetIds,
    tags: new Map(),
  });
  world.roles.place({ name: roleName, trustPolicy }, [domainRolePolicy]);
  const instance = world.databases.place(
    { ...settings, securityGroupIds: [group.id] },
    { directoryId, roleName },
  );
  return { ...account, group, instance };
};

export type MemberAccount = ReturnType<typeof memberAccount>;
