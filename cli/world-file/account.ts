import type { Instance } from '../../simulator/world/databases.ts';
import type { Directory } from '../../simulator/world/directories.ts';
import { layOut } from '../../simulator/world/from-request/vpc.ts';
import { domainRoleName } from '../../simulator/world/from-request.ts';
import type { World } from '../../simulator/world/world.ts';
import type { Plan } from './plan.ts';
import type { Differences } from './schema.ts';

type Given = NonNullable<Differences['directories']>[number];
type GivenInstance = NonNullable<Differences['instances']>[number];

const addTrusts = ({ clock, random }: World, { trusts }: Directory, given: Given['trusts'] = {}): void => {
  for (const [remoteDomainName, { type, direction }] of Object.entries(given))
    trusts.push({
      trustId: `t-${random.hex(10)}`,
      remoteDomainName,
      direction,
      type,
      createdAt: clock.now(),
      selectiveAuthentication: false,
      password: 'as it was',
      state: direction === 'One-Way: Incoming' ? 'Created' : 'Verified',
      reason: null,
      changedAt: clock.now(),
    });
};

/** A VPC of somebody else's, where that stands which the request does not name. */
const elsewhere = (world: World): { readonly vpcId: string; readonly subnetIds: readonly string[] } => {
  const vpcId = `vpc-${world.random.hex(17)}`;
  const subnetIds = [1, 2].map(() => `subnet-${world.random.hex(17)}`);
  const taken = world.forests.flatMap(({ networks }) => networks);
  layOut(world, vpcId, [subnetIds], [], taken);
  return { vpcId, subnetIds };
};

const newDirectory = (world: World, name: string, id: string | undefined): Directory => {
  const shortName = name.split('.')[0]?.toUpperCase().slice(0, 15) ?? '';
  const usual = { edition: 'Standard', description: null, tags: new Map<string, string>() } as const;
  return world.directories.place({ ...usual, ...elsewhere(world), name, shortName }, id);
};

const changeDirectory = (plan: Plan, path: string, given: Given): void => {
  const { world } = plan;
  const { id, trusts, ...changes } = given;
  const present = world.directories.find(id ?? '');
  if (present === undefined && given.name === undefined)
    plan.problem(`${path}.name`, 'write the name of this directory, which the request does not name');
  plan.change(() => {
    const directory = present ?? newDirectory(world, given.name ?? '', id);
    addTrusts(world, Object.assign(directory, changes), trusts);
  });
};

const settings = {
  engine: 'sqlserver-se',
  engineVersion: '16.00.4245.2.v1',
  instanceClass: 'db.r6i.xlarge',
  allocatedStorage: 200,
  storageType: 'gp3',
  iops: null,
  multiAz: false,
  encrypted: true,
  kmsKeyId: null,
  masterUsername: 'admin',
  masterPassword: null,
  port: 1433,
  securityGroupIds: [],
  publiclyAccessible: false,
  autoMinorVersionUpgrade: true,
  backupRetentionDays: 7,
  deletionProtection: true,
  copyTagsToSnapshot: true,
  logExports: [],
  tags: new Map<string, string>(),
};

const newInstance = (world: World, identifier: string): Instance => {
  const name = `${identifier}-subnets`;
  world.databases.addSubnetGroup({ ...elsewhere(world), name, description: 'Subnets', tags: new Map() });
  return world.databases.place({ ...settings, identifier, subnetGroupName: name }, null);
};

const changeInstance = (plan: Plan, path: string, given: GivenInstance, ids: readonly string[]): void => {
  const { world } = plan;
  const { identifier, directoryId, ...changes } = given;
  if (directoryId !== undefined && !ids.includes(directoryId))
    plan.problem(`${path}.directoryId`, `there is no directory ${directoryId}; list it in directories`);
  plan.change(() => {
    const instance = world.databases.find(identifier) ?? newInstance(world, identifier);
    Object.assign(instance, changes);
    const directory = world.directories.find(directoryId ?? '');
    if (directory !== undefined)
      instance.membership = {
        directoryId: directory.directoryId,
        domainName: directory.name,
        roleName: domainRoleName,
        status: 'joined',
        inEffect: true,
      };
  });
};

/** What is in the account beside what the request names, or differs from how it was derived. */
export const changeAccount = (plan: Plan, { directories = [], instances = [] }: Differences): void => {
  plan.once(
    directories.flatMap(({ id }, index) =>
      id === undefined ? [] : [[`directories[${index}].id`, id] as const],
    ),
    'the directory',
  );
  plan.once(
    instances.map(({ identifier }, index) => [`instances[${index}].identifier`, identifier]),
    'the instance',
  );
  directories.forEach((given, index) => changeDirectory(plan, `directories[${index}]`, given));
  const present = plan.world.directories.all.map(({ directoryId }) => directoryId);
  const listed = directories.flatMap(({ id }) => id ?? []);
  instances.forEach((given, index) =>
    changeInstance(plan, `instances[${index}]`, given, [...present, ...listed]),
  );
};
