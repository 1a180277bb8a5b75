import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NormalisedRequest, parseRequest } from '../../../functions/request/schema.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { domainRoleName, populate, populateAll } from '../../../simulator/world/from-request.ts';
import { known } from '../../../simulator/world/network/known.ts';
import { domainRolePolicy, World } from '../../../simulator/world/world.ts';
import { legalRequests } from '../../functions/request/arbitraries.ts';
import { requestNamed } from '../../support/provisioning.ts';

const newWorld = (): World => new World(new VirtualClock(0), 1);

const usual = requestNamed('one-way-forest');
const changed = (difference: object, of = usual): NormalisedRequest => parseRequest({ ...of, ...difference });

const subnetIdsOf = ({ directory, database }: NormalisedRequest): readonly (readonly string[])[] => [
  directory.directoryId === null ? directory.subnetIds : [],
  database?.existing === false ? database.subnetIds : [],
];

/** Whether somebody in that subnet reaches the company's address, and the other way round. */
const isConnected = ({ network }: World, subnetId: string, address: string): boolean => {
  const group = network.addSecurityGroup(known(network.subnets, subnetId).vpcId, 'open', 'Everything');
  network.addRules(group.id, [
    { egress: false, protocol: '-1', fromPort: -1, toPort: -1, peer: '0.0.0.0/0', description: null },
  ]);
  const here = network.addInterface(subnetId, [group.id], 'somebody');
  const there = { address, subnetId: null, securityGroupIds: [] };
  const traffic = { protocol: 'udp', port: 53 } as const;
  return network.reaches(here, there, traffic) === true && network.reaches(there, here, traffic) === true;
};

const checkNetwork = (world: World, request: NormalisedRequest): void => {
  const { subnets } = world.network;
  for (const ids of subnetIdsOf(request)) {
    const places = ids.map((id) => known(subnets, id));
    expect(new Set(places.map(({ zone }) => zone)).size).toBe(ids.length);
    expect(new Set(places.map(({ vpcId }) => vpcId)).size).toBe(Math.min(1, ids.length));
    for (const id of ids)
      for (const address of request.onPremises.dnsIpAddresses)
        expect(isConnected(world, id, address)).toBe(true);
  }
};

const checkDirectory = (world: World, { directory, onPremises }: NormalisedRequest): void => {
  if (directory.directoryId === null) return expect(world.directories.all).toEqual([]);
  expect(world.directories.all).toMatchObject([{ directoryId: directory.directoryId, stage: 'Active' }]);
  const [adopted] = world.directories.all;
  expect(adopted?.name).not.toBe(onPremises.domainName);
  expect(adopted?.shortName).not.toBe(onPremises.shortName);
};

const checkDatabase = (world: World, { database }: NormalisedRequest): void => {
  if (database === null) return expect(world.databases.all).toEqual([]);
  if (!database.existing) {
    const { engine, instanceClass, storageType } = database;
    expect(world.databases.offers.all).toContainEqual(
      expect.objectContaining({ engine, instanceClass, storageType }),
    );
    expect(world.databases.subnetGroups.size).toBe(database.subnetGroupName === null ? 0 : 1);
    for (const id of database.securityGroupIds) known(world.network.securityGroups, id);
    return;
  }
  const [instance] = world.databases.all;
  expect(instance).toMatchObject({ identifier: database.identifier, status: 'available', membership: null });
  const secret = world.secrets.find(database.masterUserSecretArn ?? instance?.masterSecret?.arn ?? '');
  expect(JSON.parse(secret?.versions.at(-1)?.value ?? '')).toEqual({
    username: instance?.masterUsername,
    password: instance?.masterPassword,
  });
};

describe('populate', () => {
  it('makes a world of whatever a legal request names', () => {
    fc.assert(
      fc.property(legalRequests, (legal) => {
        const world = newWorld();
        const request = parseRequest(legal);
        const { onPremises } = request;

        const { loginSecurityGroupId, loginSubnetIds } = populate(world, request);

        checkDirectory(world, request);
        checkDatabase(world, request);
        checkNetwork(world, request);
        expect(world.forests).toMatchObject([
          {
            domainName: onPremises.domainName,
            shortName: onPremises.shortName,
            domainControllers: [{ managedNodeId: onPremises.domainController.managedNodeId, up: true }],
          },
        ]);
        expect(world.roles.usable(domainRoleName, 'rds.amazonaws.com', domainRolePolicy)).toBe(true);
        const login = known(world.network.securityGroups, loginSecurityGroupId);
        for (const id of loginSubnetIds) expect(known(world.network.subnets, id).vpcId).toBe(login.vpcId);
      }),
      { numRuns: 25 },
    );
  });

  it('makes the same world of the same seed', () => {
    const [one, other] = [newWorld(), newWorld()];

    expect(populate(one, changed({}))).toEqual(populate(other, changed({})));
    expect(one.network.subnets).toEqual(other.network.subnets);
  });

  it.each([
    ['10.64.0.0/16', '10.0.0.0/16'],
    ['172.24.0.0/16', '10.0.0.0/8'],
    ['192.168.0.0/16', '10.0.0.0/8', '172.16.0.0/12'],
    ['100.64.0.0/16', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ])('lays the VPC at %s, clear of the company', (cidr, ...networks) => {
    const world = newWorld();
    const dnsIpAddresses = [String(networks[0]).replace('0.0/', '0.10/').replace(/\/.*/, '')];
    populate(world, changed({ onPremises: { ...Object(usual['onPremises']), dnsIpAddresses, networks } }));

    expect([...world.network.vpcs.values()]).toMatchObject([{ cidr }]);
  });

  it('stands a domain controller that is an EC2 instance in a VPC of its own', () => {
    const world = newWorld();
    const managedNodeId = 'i-0a1b2c3d4e5f60718';
    const { onPremises } = changed({
      onPremises: { ...Object(usual['onPremises']), domainController: { managedNodeId } },
    });
    populate(world, changed({ onPremises }));

    const place = world.network.interfaceOf(managedNodeId);
    expect(place.address).toBe(onPremises.dnsIpAddresses[0]);
    expect(known(world.network.subnets, place.subnetId).cidr).toBe(onPremises.networks[0]);
    expect(world.forests[0]?.domainControllers).toMatchObject([
      { managedNodeId, address: place.address, subnetId: place.subnetId },
    ]);
  });
});

describe('populateAll', () => {
  const otherVpc = {
    requestId: 'invoices',
    directory: {
      name: 'invoices.example.com',
      shortName: 'INVOICES',
      vpcId: 'vpc-0b1b2c3d4e5f60718',
      subnetIds: ['subnet-0b1b2c3d4e5f60711', 'subnet-0b1b2c3d4e5f60712'],
    },
    database: null,
  };
  const { database: _database, ...withoutDatabase } = usual;

  it('gives several VPCs networks of their own, and connects them to the one login function', () => {
    const world = newWorld();
    const { database: _none, ...other } = { ...withoutDatabase, ...otherVpc };
    const [first, second] = populateAll(world, [changed({}), parseRequest(other)]);

    const cidrs = [...world.network.vpcs.values()].map(({ cidr }) => cidr);
    expect(new Set(cidrs).size).toBe(2);
    expect(second).toMatchObject({
      loginSecurityGroupId: first?.loginSecurityGroupId,
      loginSubnetIds: first?.loginSubnetIds,
    });
    const routes = (subnetId = '') =>
      world.network.routeTableOf(subnetId).routes.map(({ destination, target }) => [destination, target]);
    expect(routes(first?.loginSubnetIds[0])).toContainEqual([cidrs[1], expect.stringMatching(/^pcx-/)]);
    expect(routes(otherVpc.directory.subnetIds[0])).toContainEqual([
      cidrs[0],
      expect.stringMatching(/^pcx-/),
    ]);
  });

  it('makes one forest of a company, with what each request knows of it', () => {
    const world = newWorld();
    const onPremises = Object(usual['onPremises']);
    const managedNodeId = 'mi-00000000000000002';
    populateAll(world, [
      changed({}),
      changed({
        onPremises: {
          ...onPremises,
          dnsIpAddresses: ['10.30.0.10'],
          networks: ['10.30.0.0/16'],
          domainController: { managedNodeId },
        },
      }),
      changed({ onPremises: { ...onPremises, dnsIpAddresses: ['10.20.0.12'] } }),
    ]);

    expect(world.forests).toMatchObject([
      {
        networks: ['10.20.0.0/16', '10.30.0.0/16'],
        dnsIpAddresses: ['10.20.0.10', '10.20.0.11', '10.30.0.10', '10.20.0.12'],
        domainControllers: [
          { address: '10.20.0.10', otherAddresses: ['10.20.0.12'] },
          { managedNodeId, address: '10.30.0.10' },
        ],
      },
    ]);
  });

  it('places an adopted directory and an existing instance once, and no two under one name', () => {
    const world = newWorld();
    const adopted = requestNamed('adopted-directory');
    const existing = requestNamed('existing-instance');
    const other = changed({ directory: { directoryId: 'd-0000000002' } }, adopted);
    populateAll(world, [
      parseRequest(adopted),
      parseRequest(adopted),
      other,
      parseRequest(existing),
      parseRequest(existing),
    ]);

    expect(world.directories.all.map(({ name }) => name)).toEqual([
      'aws.forest.example.net',
      'aws2.forest.example.net',
    ]);
    expect(new Set(world.directories.all.map(({ shortName }) => shortName)).size).toBe(2);
    expect(world.databases.all).toHaveLength(1);
    const names = [...world.network.securityGroups.values()].map(({ name }) => name);
    expect(names.filter((name) => name === 'archive-clients')).toHaveLength(1);
  });

  it('lays what one request leaves open where another one says', () => {
    const world = newWorld();
    const adopted = requestNamed('adopted-directory');
    const database = Object(usual['database']);
    const [, open] = populateAll(world, [changed({ database }, adopted), changed({})]);

    expect(open).toMatchObject({ connection: { vpcIds: [changed({}).directory.vpcId] } });
    expect(world.network.vpcs.size).toBe(1);
  });
});
