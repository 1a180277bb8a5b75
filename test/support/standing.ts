import type { Directory } from '../../simulator/world/directories.ts';
import type { Forest } from '../../simulator/world/forest.ts';
import type { Rule } from '../../simulator/world/network.ts';
import type { World } from '../../simulator/world/world.ts';

const ruleText = ({ egress, protocol, fromPort, toPort, peer }: Rule): string =>
  `${egress ? 'to' : 'from'} ${peer} ${protocol} ${fromPort}${toPort === fromPort ? '' : `-${toPort}`}`;

/** What Forestbridge opened in a group, and what else there is open to everybody. */
const openIn = (world: World, groupId: string) => {
  const rules = world.network.securityGroups.get(groupId)?.rules ?? [];
  return {
    opened: rules
      .filter(({ description }) => description !== null)
      .map(ruleText)
      .toSorted(),
    toEverybody: rules
      .filter(({ description, peer }) => description === null && peer === '0.0.0.0/0')
      .map(ruleText),
  };
};

const directoryIn = (world: World, directory: Directory) => ({
  name: directory.name,
  shortName: directory.shortName,
  edition: directory.edition,
  stage: directory.stage,
  subnetIds: directory.subnetIds,
  ...openIn(world, directory.securityGroupId),
  forwarders: [...directory.forwarders].map(([name, { addresses }]) => [name, ...addresses].join(' ')),
  ipRoutes: directory.ipRoutes.map(({ cidr, status }) => `${cidr} ${status}`),
  trusts: directory.trusts.map((trust) => ({
    remoteDomainName: trust.remoteDomainName,
    type: trust.type,
    direction: trust.direction,
    selectiveAuthentication: trust.selectiveAuthentication,
    state: trust.state,
    isPasswordOfHalf:
      trust.password === world.causes.forest(trust.remoteDomainName)?.halves.get(directory.name)?.password,
  })),
});

const forestIn = ({ directories }: World, forest: Forest) => ({
  domainName: forest.domainName,
  forwarders: [...forest.forwarders].map(([name, addresses]) => ({
    name,
    toDirectory: directories.all.some(
      (directory) => directory.name === name && directory.dnsIpAddresses.join() === addresses.join(),
    ),
  })),
  halves: [...forest.halves].map(([name, { type, direction, selectiveAuthentication }]) => ({
    name,
    type,
    direction,
    selectiveAuthentication,
  })),
});

/** What stands in a world that a request is about, in the words of a request. */
export const standingIn = (world: World) => ({
  directories: world.directories.all.map((directory) => directoryIn(world, directory)),
  forests: world.forests.map((forest) => forestIn(world, forest)),
  instances: world.databases.all.map(({ membership, ...instance }) => ({
    identifier: instance.identifier,
    engine: instance.engine,
    instanceClass: instance.instanceClass,
    port: instance.port,
    multiAz: instance.multiAz,
    status: instance.status,
    encrypted: instance.encrypted,
    publiclyAccessible: instance.publiclyAccessible,
    deletionProtection: instance.deletionProtection,
    membership: `${membership?.status} ${membership?.domainName}`,
    inEffect: membership?.inEffect,
    groups: instance.securityGroupIds.map((id) => openIn(world, id)),
  })),
  subnetGroups: [...world.databases.subnetGroups.values()].map(({ name, subnetIds }) => ({
    name,
    subnetIds,
  })),
  secrets: world.secrets.all
    .map(({ name, owningService, deletion }) => ({
      name: owningService ?? name,
      isDeleted: deletion !== null,
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name)),
});
