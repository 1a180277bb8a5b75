import { describe, expect, it } from 'vitest';
import { databaseReach } from '../../../../functions/request/checks/database-reach.ts';
import { parseRequest } from '../../../../functions/request/schema.ts';
import { domainControllerPorts, type Ports } from '../../../../functions/support/active-directory-ports.ts';
import type { NetworkAclEntry } from '../../../../simulator/world/network/records.ts';
import { country, subnetIds, vpcId } from '../country.ts';
import { preflightAccount } from '../preflight-account.ts';
import { example } from '../requests.ts';

const [here = '', there = ''] = subnetIds;
const answers: readonly Ports[] = [
  { protocol: 'tcp', fromPort: 1024, toPort: 65_535 },
  { protocol: 'udp', fromPort: 1024, toPort: 65_535 },
];
const allow = (egress: boolean, ports: readonly Ports[], cidr: string): readonly NetworkAclEntry[] =>
  ports.map((each, at) => ({
    ...each,
    egress,
    cidr,
    number: 100 + 2 * at + (ports === answers ? 1 : 0),
    action: 'allow',
  }));

describe('the network ACLs between a database and the directory', () => {
  const { onPremises, database } = parseRequest(example('one-way-forest'));
  if (database === null) throw new Error('The example has a database.');

  /** What is found where the database stands in one subnet and the directory in the other, or where they are said to. */
  const found = async (
    ofDatabase: readonly NetworkAclEntry[],
    ofDirectory: readonly NetworkAclEntry[],
    directorySubnetIds: readonly string[] = [there],
  ) => {
    const { network, territory } = country();
    const lists = [
      network.addNetworkAcl(vpcId, [here], ofDatabase).id,
      network.addNetworkAcl(vpcId, [there], ofDirectory).id,
    ];
    const land = await territory();
    const subnets = [...land.subnets.values()].filter(({ id }) => id === here);
    const place = { vpcId, subnetIds: directorySubnetIds, securityGroupId: null, addresses: [] };
    const directory = { directoryId: null, active: false, place, findings: [] };
    const sight = {
      directory,
      instance: undefined,
      controller: null,
      territory: land,
      groups: new Map(),
      rules: [],
    };
    return { findings: databaseReach(sight, database, subnets, onPremises), lists };
  };

  const asked = allow(true, domainControllerPorts, '10.0.1.0/24');
  const answered = allow(false, answers, '10.0.1.0/24');
  const heard = allow(false, domainControllerPorts, '10.0.0.0/24');
  const answering = allow(true, answers, '10.0.0.0/24');

  it('may let through what a member asks and what it is answered, and nothing more', async () => {
    expect((await found([...asked, ...answered], [...heard, ...answering])).findings).toEqual([]);
  });

  it.each([
    ['what it asks, out of its subnet', answered, [...heard, ...answering], 0, 'out to it tcp 53, .*udp 464'],
    ['the answers, into its subnet', asked, [...heard, ...answering], 0, 'in from it tcp 1024-.*udp 1024-'],
    ['what it asks, into the directory’s', [...asked, ...answered], answering, 1, 'in from it tcp 53, .*464'],
    ['the answers, out of the directory’s', [...asked, ...answered], heard, 1, 'out to it tcp 1024-.*'],
  ])('must let through %s', async (_what, ofDatabase, ofDirectory, at, words) => {
    const { findings, lists } = await found(ofDatabase, ofDirectory);

    const [subnet, network] = at === 0 ? [here, '10\\.0\\.1\\.0/24'] : [there, '10\\.0\\.0\\.0/24'];
    expect(findings).toEqual([
      {
        level: 'error',
        code: 'network-acl',
        message: expect.stringMatching(
          `^Between ${subnet} and ${network} the network ACL ${lists[at]} does not let through ${words}`,
        ),
      },
    ]);
  });

  it('have no say within one subnet', async () => {
    expect((await found([], [], [here])).findings).toEqual([]);
  });
});

describe('a whole account', () => {
  it.each(['one-way-forest', 'existing-instance', 'adopted-directory'] as const)(
    'is not ready for %s where an empty network ACL shuts the database in',
    async (name) => {
      const { world, request, findings } = await preflightAccount(example(name));
      const { network, directories, databases } = world;
      const { database, directory } = request;
      const instance = databases.find(database?.identifier ?? '');
      const own = database?.existing
        ? (databases.subnetGroups.get(instance?.subnetGroupName ?? '')?.subnetIds ?? [])
        : (database?.subnetIds ?? []);
      const ofDirectory = directories.all[0]?.subnetIds ?? directory.subnetIds ?? [];
      const list = network.addNetworkAcl(String(network.subnets.get(own[0] ?? '')?.vpcId), own, []);

      const found = (await findings()).filter(({ message }) => message.includes('out to it tcp 53'));

      expect(found).toEqual(
        ofDirectory.map((id) => ({
          level: 'error',
          code: 'network-acl',
          message: expect.stringContaining(
            `Between ${own.join(', ')} and ${network.subnets.get(id)?.cidr} the network ACL ${list.id} `,
          ),
        })),
      );
    },
  );
});
