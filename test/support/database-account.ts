import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as iamPackage from '@aws-sdk/client-iam';
import * as rdsPackage from '@aws-sdk/client-rds';
import * as secretsPackage from '@aws-sdk/client-secrets-manager';
import { Claim } from '../../functions/support/claim.ts';
import type { Step } from '../../functions/support/step.ts';
import { dynamodb } from '../../simulator/services/dynamodb.ts';
import { iam } from '../../simulator/services/iam.ts';
import { rds } from '../../simulator/services/rds.ts';
import { secretsManager } from '../../simulator/services/secrets-manager.ts';
import { Endpoint, type EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { service } from '../../simulator/wire/service.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { Databases, type InstanceSettings } from '../../simulator/world/databases.ts';
import { Network } from '../../simulator/world/network.ts';
import { Random } from '../../simulator/world/random.ts';
import { Roles } from '../../simulator/world/roles.ts';
import { Secrets } from '../../simulator/world/secrets.ts';
import { configurationFor } from './configuration.ts';
import { claimedLedger } from './ledger-table.ts';
import { settled, stepRunner } from './step-runner.ts';

type Around = NonNullable<EndpointOptions['around']>;

export const vpcId = 'vpc-0123456789abcdef0';
export const subnetIds = ['subnet-0000000000000000a', 'subnet-0000000000000000b'];
export const directoryId = 'd-1234567890';
export const roleName = 'forestbridge-rds';
const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
export const policyArn = 'arn:aws:iam::aws:policy/service-role/AmazonRDSDirectoryServiceAccess';
export const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: ['rds.amazonaws.com', 'directoryservice.rds.amazonaws.com'] },
    Action: 'sts:AssumeRole',
  },
});

const owner = {
  requestId: 'orders',
  execution: 'arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-1',
};

const none: string[] = [];

/** A database as validate-request hands it on. */
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
  logExports: none,
  autoMinorVersionUpgrade: true,
  subnetIds,
  subnetGroupName: null,
  securityGroupIds: none,
  allowedNetworks: ['10.1.0.0/16'],
  windowsLogins: [],
};

export const existingDatabase = {
  existing: true,
  identifier: 'orders',
  allowInterruption: true,
  masterUserSecretArn: null,
  allowedNetworks: none,
  windowsLogins: none,
};

export const settings: InstanceSettings = {
  identifier: 'orders',
  engine: 'sqlserver-se',
  engineVersion: '16.00.4245.2.v1',
  instanceClass: 'db.r6i.large',
  allocatedStorage: 100,
  storageType: 'gp3',
  iops: null,
  multiAz: false,
  encrypted: true,
  kmsKeyId: null,
  masterUsername: 'admin',
  masterPassword: null,
  port: 1433,
  subnetGroupName: 'forestbridge-orders',
  securityGroupIds: none,
  publiclyAccessible: false,
  autoMinorVersionUpgrade: true,
  backupRetentionDays: 7,
  deletionProtection: false,
  copyTagsToSnapshot: true,
  logExports: none,
  tags: new Map(),
};

/** An instance that the request has made, by its tag. */
export const ownSettings: InstanceSettings = {
  ...settings,
  tags: new Map([['forestbridge:request', 'orders']]),
};

const undisturbed: Around = (_call, answer) => answer();

/** An account with databases, secrets, roles and a ledger, reached through the SDK's own clients. */
export const databaseAccount = async (seed = 1) => {
  const clock = new VirtualClock(Date.UTC(2025, 0, 1));
  const setting = { clock, random: new Random(seed), accountId: '123456789012', region: 'eu-west-1' };
  const network = new Network(setting);
  network.addVpc(vpcId, '10.0.0.0/16');
  network.addSubnet('subnet-0000000000000000a', vpcId, '10.0.0.0/24', 'eu-west-1a');
  network.addSubnet('subnet-0000000000000000b', vpcId, '10.0.1.0/24', 'eu-west-1b');
  const securityGroupId = network.addSecurityGroup(vpcId, 'database', 'A database').id;
  const secrets = new Secrets(setting);
  const roles = new Roles(setting);
  roles.place({ name: roleName, trustPolicy }, [policyArn]);

  /** What is true of directories; a test may change it. */
  const directories = { active: [directoryId], whyNotJoin: (): string | null => null };
  const causes = {
    activeDirectory: (id: string) => (directories.active.includes(id) ? 'aws.example.com' : null),
    whyNotJoin: () => directories.whyNotJoin(),
  };
  const databases = new Databases(setting, network, secrets, causes);
  databases.addSubnetGroup({
    name: 'forestbridge-orders',
    description: 'Subnets of the database orders',
    vpcId,
    subnetIds,
    tags: new Map(),
  });

  const calls: string[] = [];
  let disturbance = undisturbed;
  const around: Around = (call, answer) => {
    calls.push(`${call.service}:${call.operation}`);
    return disturbance(call, answer);
  };
  const services = [
    service('rds', rdsPackage, rds({ setting, databases, network, roles, causes })),
    service('secretsmanager', secretsPackage, secretsManager(secrets, setting)),
    service('iam', iamPackage, iam(roles)),
    dynamodb(),
  ];
  const configuration = configurationFor(new Endpoint(services, { around }));
  const client = new DynamoDBClient(configuration);
  const ledger = await claimedLedger(client, owner, () => new Date(clock.now()));
  calls.length = 0;

  const runStep = stepRunner({
    clientConfiguration: configuration,
    environment: { LEDGER_TABLE: 'ledger', DOMAIN_ROLE_NAME: roleName, SECRETS_KEY_ARN: keyArn },
    now: () => new Date(clock.now()),
  });
  const run = (step: Step, input: object): Promise<unknown> => runStep(step, { owner, ...input });

  return {
    clock,
    network,
    securityGroupId,
    secrets,
    roles,
    directories,
    databases,
    ledger,
    execution: owner.execution,
    claimOf: (execution: string): Claim => new Claim(client, 'ledger', { ...owner, execution }),
    configuration,
    run,
    minutes: (count: number): Promise<void> => clock.sleep(count * 60_000),
    /** Every call since the account was made, or since `disturb`. */
    calls,
    /** From now on every call goes through it. */
    disturb: (next: Around): void => {
      calls.length = 0;
      disturbance = next;
    },
    /** As the state machine does: again and again, while the step waits or was throttled. */
    settle: (step: Step, input: object, minutes = 5): Promise<unknown> =>
      settled(() => run(step, input), clock, minutes * 60),
    /** The ledger's entries by name: whether AWS's id is known. */
    entries: async () =>
      Object.fromEntries((await ledger.all()).map(({ item, id }) => [item, id !== undefined])),
  };
};

export type DatabaseAccount = Awaited<ReturnType<typeof databaseAccount>>;
