import { applyBreak } from '../../../simulator/world/breaks.ts';
import type { Directory } from '../../../simulator/world/directories.ts';
import { refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { instanceOf, joinsAnother } from './instances.ts';
import { having, placeDirectory } from './preparations.ts';

/** Leaves a security group without a rule. */
const closing =
  (group: string) =>
  ({ world: { network } }: Stage): void => {
    for (const { id, name, rules } of network.securityGroups.values())
      if (name === group)
        network.removeRules(
          id,
          rules.map((rule) => rule.id),
        );
  };

const foreignVpc = 'vpc-0fedcba9876543210';
const foreignSubnet = 'subnet-0fedcba9876543211';
const foreignGroup = 'sg-0fedcba9876543212';

/** A VPC that nothing leads to, with what a request may name there. */
const placeElsewhere = ({ world: { network, databases } }: Stage): void => {
  network.addVpc(foreignVpc, '10.200.0.0/16');
  network.addSubnet(foreignSubnet, foreignVpc, '10.200.0.0/24', 'eu-central-1b');
  network.addSecurityGroup(foreignVpc, 'elsewhere', 'In another VPC', {}, foreignGroup);
  databases.addSubnetGroup({
    name: 'databases',
    description: 'Subnets of another VPC',
    vpcId: foreignVpc,
    subnetIds: [foreignSubnet, 'subnet-0fedcba9876543213'],
    tags: new Map(),
  });
};

const lettingHalfThrough = ({ world: { network }, request: { directory } }: Stage): void => {
  const half = {
    number: 100,
    protocol: '-1',
    fromPort: 0,
    toPort: 65_535,
    action: 'allow',
    cidr: '10.20.0.0/17',
  } as const;
  network.addNetworkAcl(directory.vpcId ?? '', directory.subnetIds, [
    { ...half, egress: true },
    { ...half, egress: false },
  ]);
};

/** One subnet leads to the company by a target that is gone, the other one only to the internet. */
const leadingNowhere = ({ world: { network }, request: { directory } }: Stage): void => {
  const [first = '', second = ''] = directory.subnetIds;
  const everywhere = { destination: '0.0.0.0/0', target: 'igw-0fedcba987654321a', state: 'active' } as const;
  network.addRouteTable(directory.vpcId ?? '', [second]);
  network.route(second, everywhere);
  network.route(first, { destination: '10.20.0.0/16', target: 'vgw-0fedcba987654321b', state: 'blackhole' });
};

const unfit =
  (changes: Partial<Directory>) =>
  ({ world }: Stage): void =>
    world.directories.all.forEach((directory) => Object.assign(directory, changes));

/** Somebody else's domain has it, its storage is full and open to read, and nobody knows its master user. */
const unfitInstance = (stage: Stage): void => {
  const instance = instanceOf(stage);
  Object.assign(instance, { status: 'storage-full', encrypted: false, masterSecret: null });
  joinsAnother(stage);
};

const trustOfAnotherKind = ({ world, request: { onPremises } }: Stage): void => {
  const [directory] = world.directories.all;
  directory?.trusts.push({
    trustId: 't-0fedcba987',
    remoteDomainName: onPremises.domainName,
    direction: 'One-Way: Incoming',
    type: 'External',
    createdAt: world.clock.now(),
    selectiveAuthentication: false,
    password: 'as it was',
    state: 'Created',
    reason: null,
    changedAt: world.clock.now(),
  });
};

const fillingTheGroup = ({ world: { directories, network } }: Stage): void => {
  const port = { egress: true, protocol: 'tcp', description: null };
  network.addRules(
    directories.all[0]?.securityGroupId ?? '',
    Array.from({ length: 50 }, (_none, at) => ({
      ...port,
      fromPort: at,
      toPort: at,
      peer: '172.16.0.0/12',
    })),
  );
};

export const checkAccount = {
  at: 'Check account',
  cases: {
    ready: {},
    'ready-with-an-existing-instance': { request: 'existing-instance' },
    'ready-with-an-adopted-directory': { request: 'adopted-directory' },
    'directory-made-before': {
      before: (stage: Stage) => stage.upTo('Open directory traffic'),
    },
    'not-ready': {
      first: ({ world }: Stage) => {
        applyBreak(world, 'domain-controller');
        applyBreak(world, 'role');
      },
    },
    'instance-shut-in': {
      request: 'existing-instance',
      first: ({ world: { network, databases } }: Stage) => {
        const [{ vpcId, subnetIds } = { vpcId: '', subnetIds: [] }] = databases.subnetGroups.values();
        network.addNetworkAcl(vpcId, subnetIds, []);
      },
    },
    'directory-of-somebody-else': { first: (stage: Stage) => void placeDirectory(stage) },
    'node-behind-closed-groups': { request: 'external', first: closing('domain-controllers') },
    'database-placed-elsewhere': {
      first: placeElsewhere,
      event: having({
        'request.database.subnetIds': ['subnet-0a1b2c3d4e5f60713', foreignSubnet],
        'request.database.subnetGroupName': 'databases',
        'request.database.securityGroupIds': [foreignGroup, 'sg-0fedcba9876543219'],
      }),
    },
    'database-behind-closed-groups': { request: 'existing-instance', first: closing('archive-clients') },
    'network-acl-lets-half-through': { first: lettingHalfThrough },
    'routes-lead-nowhere': { first: leadingNowhere },
    'networks-overlap': {
      event: having({ 'request.onPremises.networks': ['10.20.0.0/16', '10.64.128.0/17'] }),
    },
    'database-not-offered': {
      event: having({ 'request.database.engine': 'sqlserver-web', 'request.database.multiAz': true }),
    },
    'class-not-offered': { event: having({ 'request.database.instanceClass': 'db.t2.micro' }) },
    'directory-extends-the-company': { request: 'adopted-directory', first: unfit({ edition: 'Hybrid' }) },
    'directory-is-impaired': {
      request: 'adopted-directory',
      first: unfit({ stage: 'Impaired', reason: 'It is out of reach.', primaryRegion: 'us-east-1' }),
    },
    'instance-cannot-be-joined': { request: 'existing-instance', first: unfitInstance },
    'trust-of-another-kind': { request: 'adopted-directory', first: trustOfAnotherKind },
    'no-room-for-rules': { request: 'adopted-directory', first: fillingTheGroup },
    'call-denied': {
      during: refusing(
        'DescribeSubnets',
        'UnauthorizedOperation',
        'You are not authorized to perform this operation.',
        403,
      ),
    },
  },
};
