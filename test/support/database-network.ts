import { ensureNetwork } from '../../functions/database/ensure-network.ts';
import type { InstanceSettings } from '../../simulator/world/databases.ts';
import type { NewRule, Place } from '../../simulator/world/network.ts';
import { networkAccount } from './network-account.ts';

export const vpc = 'vpc-0123456789abcdef0';
export const subnets = ['subnet-0000000000000000a', 'subnet-0000000000000000b'];
const directorySubnetIds = ['subnet-0000000000000000c', 'subnet-0000000000000000d'];
export const elsewhere = 'subnet-0000000000000000e';

const noNames: string[] = [];
const noTags: ReadonlyMap<string, string> = new Map();

export const newDatabase = {
  existing: false,
  identifier: 'orders',
  engine: 'sqlserver-se',
  engineVersion: null,
  instanceClass: 'db.r6i.large',
  allocatedStorage: 100,
  storageType: 'gp3',
  iops: null,
  multiAz: false,
  backupRetentionDays: 7,
  deletionProtection: true,
  port: 1433,
  masterUsername: 'admin',
  kmsKeyId: null,
  logExports: [],
  autoMinorVersionUpgrade: true,
  subnetIds: subnets,
  subnetGroupName: null,
  securityGroupIds: noNames,
  allowedNetworks: ['10.1.0.0/16', '10.2.0.0/16'],
  windowsLogins: [{ name: 'CORP\\DBAdmins', serverRoles: [] }],
};

export const existingDatabase = {
  existing: true,
  identifier: 'orders',
  allowInterruption: true,
  masterUserSecretArn: null,
  allowedNetworks: noNames,
  windowsLogins: newDatabase.windowsLogins,
};

const instance: InstanceSettings = {
  ...newDatabase,
  identifier: 'orders',
  engineVersion: '16.00.4245.2.v1',
  encrypted: true,
  masterPassword: null,
  port: 1500,
  subnetGroupName: 'its-own',
  publiclyAccessible: false,
  copyTagsToSnapshot: true,
  tags: new Map(),
};

/** A company's VPCs with a login function, somebody's own security group, and an instance in it. */
export const databaseNetwork = async () => {
  const environment = { LEDGER_TABLE: 'ledger', LOGIN_SECURITY_GROUP_ID: '' };
  const account = await networkAccount(environment);
  const { network, databases } = account;
  network.addVpc(vpc, '10.0.0.0/16');
  network.addVpc('vpc-0fedcba9876543210', '10.9.0.0/16');
  for (const [index, id] of [...subnets, ...directorySubnetIds].entries()) {
    network.addSubnet(id, vpc, `10.0.${index}.0/24`, `eu-west-1${index % 2 === 0 ? 'a' : 'b'}`);
  }
  network.addSubnet(elsewhere, 'vpc-0fedcba9876543210', '10.9.0.0/24', 'eu-west-1a');
  const [first = '', second = ''] = subnets;
  network.route(first, { destination: '10.0.0.0/8', target: 'tgw-1', state: 'active' });
  const login = network.addSecurityGroup(vpc, 'login', 'The login function');
  environment.LOGIN_SECURITY_GROUP_ID = login.id;
  const given = network.addSecurityGroup(vpc, 'given', 'Somebody’s own');
  const loginFunction = network.addInterface(second, [login.id], 'The login function');
  const addSubnetGroup = (name: string, subnetIds: readonly string[], tags = noTags): void => {
    const { vpcId = vpc } = network.subnets.get(subnetIds[0] ?? '') ?? {};
    databases.addSubnetGroup({ name, description: 'Foreign', vpcId, subnetIds, tags: new Map(tags) });
  };
  addSubnetGroup('its-own', subnets);
  databases.place({ ...instance, securityGroupIds: [given.id] }, null);
  const run = (database: object): Promise<unknown> =>
    account.run(ensureNetwork, { database, directorySubnetIds, tags: { team: 'orders' } });
  const own = () => [...network.securityGroups.values()].find(({ name }) => name === 'forestbridge-orders');
  const database = (securityGroupIds: readonly string[]): Place => ({
    address: '10.0.0.200',
    subnetId: first,
    securityGroupIds,
  });
  return {
    ...account,
    run,
    own,
    addSubnetGroup,
    login,
    loginFunction,
    given,
    database,
  };
};

export const rule = (change: Partial<NewRule>): NewRule => ({
  egress: false,
  protocol: 'tcp',
  fromPort: 1433,
  toPort: 1433,
  peer: '10.1.0.0/16',
  description: null,
  ...change,
});
export const sql = { protocol: 'tcp', port: 1433 } as const;
export const outside = (address: string): Place => ({ address, subnetId: null, securityGroupIds: [] });
