import {
  AddTagsToResourceCommand,
  CreateDBInstanceCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBInstanceCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBInstancesCommand,
  DescribeDBSubnetGroupsCommand,
  DescribeEventsCommand,
  DescribeOrderableDBInstanceOptionsCommand,
  ListTagsForResourceCommand,
  ModifyDBInstanceCommand,
  paginateDescribeOrderableDBInstanceOptions,
  RDSClient,
  RebootDBInstanceCommand,
} from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import {
  databaseAccount,
  directoryId,
  policyArn,
  roleName,
  settings,
  subnetIds,
  vpcId,
} from '../../support/database-account.ts';

const domain = { Domain: directoryId, DomainIAMRoleName: roleName };
const byName = { DBInstanceIdentifier: 'orders' };

const prepare = async () => {
  const account = await databaseAccount();
  const client = new RDSClient(account.configuration);
  const input = {
    DBInstanceIdentifier: 'Orders',
    DBInstanceClass: 'db.r6i.large',
    Engine: 'sqlserver-se',
    AllocatedStorage: 100,
    MasterUsername: 'admin',
    ManageMasterUserPassword: true,
    DBSubnetGroupName: 'forestbridge-orders',
    VpcSecurityGroupIds: [account.securityGroupId],
  };
  const instance = async () =>
    (await client.send(new DescribeDBInstancesCommand(byName))).DBInstances?.[0] ?? {};
  return {
    account,
    client,
    input,
    instance,
    membership: async () => (await instance()).DomainMemberships?.[0]?.Status,
    create: (change: object = {}) => client.send(new CreateDBInstanceCommand({ ...input, ...change })),
    modify: (change: object) => client.send(new ModifyDBInstanceCommand({ ...byName, ...change })),
    events: async (change: object = {}) =>
      (await client.send(new DescribeEventsCommand(change))).Events?.map(({ Message }) => Message),
  };
};

/** The same with an instance that has been there for long. */
const withInstance = async (change: object = {}) => {
  const prepared = await prepare();
  return { ...prepared, placed: prepared.account.databases.place({ ...settings, ...change }, null) };
};

describe('a new instance', () => {
  it('is creating, backing-up and available, and has an endpoint and a secret in the end', async () => {
    const { account, create, instance } = await prepare();
    const { DBInstance } = await create();
    expect(DBInstance).toMatchObject({
      DBInstanceIdentifier: 'orders',
      DBInstanceStatus: 'creating',
      MasterUserSecret: { SecretStatus: 'creating' },
    });
    expect(DBInstance?.Endpoint).toBeUndefined();

    const statuses = new Set<string | undefined>();
    for (let minutes = 0; minutes < 30; minutes += 1) {
      statuses.add((await instance()).DBInstanceStatus);
      await account.minutes(1);
    }

    const made = await instance();
    expect([...statuses]).toEqual(['creating', 'backing-up', 'available']);
    expect(made.Endpoint?.Address).toMatch(/^orders\.c[0-9a-f]{11}\.eu-west-1\.rds\.amazonaws\.com$/);
    expect(made.MasterUserSecret?.SecretStatus).toBe('active');
    const secret = account.secrets.find(made.MasterUserSecret?.SecretArn ?? '');
    expect(secret?.name).toMatch(/^rds!db-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(JSON.parse(secret?.versions.at(-1)?.value ?? '')).toEqual({
      username: 'admin',
      password: account.databases.find('orders')?.masterPassword,
    });
    expect(account.databases.answering(made.Endpoint?.Address ?? '')?.identifier).toBe('orders');
  });

  it('takes 15 to 28 minutes, and 28 to 40 in two zones', async () => {
    const { databases, minutes } = await databaseAccount();
    const twenty = (multiAz: boolean) =>
      Array.from({ length: 20 }, (_none, number) =>
        databases.create({ ...settings, identifier: `orders-${multiAz}-${number}`, multiAz }, null),
      );
    const [single, double] = [twenty(false), twenty(true)];
    const available = () =>
      [single, double].map((all) => all.filter(({ status }) => status === 'available').length);

    await minutes(14.9);
    expect(available()).toEqual([0, 0]);
    await minutes(13);
    expect(available()[1]).toBe(0);
    await minutes(0.2);
    expect(available()[0]).toBe(20);
    await minutes(12);
    expect(available()).toEqual([20, 20]);
  });

  it.each([
    ['joins', null, 'joined', true],
    ['does not join', 'It cannot reach the directory.', 'failed', false],
  ])('%s a directory while it is created', async (_what, reason, status, inEffect) => {
    const { account, create, membership, events } = await prepare();
    account.directories.whyNotJoin = () => reason;
    await create(domain);
    expect(await membership()).toBe('pending-join');

    await account.minutes(30);

    expect(await membership()).toBe(status);
    expect(account.databases.find('orders')?.membership).toMatchObject({
      domainName: 'aws.example.com',
      inEffect,
    });
    const failures = (await events())?.filter((text) => text?.startsWith('Unhealthy domain state'));
    expect(failures).toHaveLength(reason === null ? 0 : 1);
  });

  it('may bring a password of its own', async () => {
    const { account, create, instance } = await prepare();

    await create({ ManageMasterUserPassword: undefined, MasterUserPassword: 'correct-horse' });

    expect((await instance()).MasterUserSecret).toBeUndefined();
    expect(account.databases.find('orders')?.masterPassword).toBe('correct-horse');
    expect(account.secrets.all).toEqual([]);
  });

  it.each([
    ['InvalidParameterValue', { DBInstanceIdentifier: 'a--b' }],
    ['InvalidParameterValue', { DBInstanceIdentifier: '1a' }],
    ['InvalidParameterValue', { DBInstanceIdentifier: 'a'.repeat(64) }],
    ['InvalidParameterValue', { Engine: 'mysql' }],
    ['InvalidParameterValue', { DBName: 'orders' }],
    ['InvalidParameterValue', { AllocatedStorage: 19 }],
    ['InvalidParameterValue', { AllocatedStorage: 16_385 }],
    ['InvalidParameterValue', { AllocatedStorage: 99, StorageType: 'io1', Iops: 1000 }],
    ['InvalidParameterValue', { Port: 1149 }],
    ['InvalidParameterValue', { Port: 65_536 }],
    ['InvalidParameterValue', { VpcSecurityGroupIds: ['sg-1'] }],
    ['InvalidParameterValue', { ManageMasterUserPassword: false, MasterUserPassword: 'short' }],
    ['InvalidParameterValue', { ManageMasterUserPassword: false, MasterUserPassword: 'with@sign' }],
    ['InvalidParameterCombination', { MasterUserPassword: 'correct-horse' }],
    ['InvalidParameterCombination', { EngineVersion: '11.00' }],
    ['InvalidParameterCombination', { LicenseModel: 'bring-your-own-license' }],
    ['InvalidParameterCombination', { DBInstanceClass: 'db.t3.micro' }],
    ['InvalidParameterCombination', { Engine: 'sqlserver-web', MultiAZ: true }],
    ['InvalidParameterCombination', { StorageType: 'io1' }],
    ['InvalidParameterCombination', { StorageType: 'io2' }],
    ['InvalidParameterCombination', { Domain: directoryId }],
    ['InvalidParameterCombination', { Timezone: 'UTC' }],
    ['MissingParameter', { MasterUsername: undefined }],
    ['MissingParameter', { ManageMasterUserPassword: false }],
    ['DBSubnetGroupNotFoundFault', { DBSubnetGroupName: 'none' }],
    ['DomainNotFoundFault', { Domain: 'd-0000000000', DomainIAMRoleName: roleName }],
  ])('is refused by %s for %j', async (name, change) => {
    const { account, create } = await prepare();

    await expect(create(change)).rejects.toMatchObject({ name });

    expect(account.databases.all).toEqual([]);
  });

  it('is refused where the security group is in another VPC', async () => {
    const { account, create } = await prepare();
    account.network.addVpc('vpc-0000000000000000f', '10.9.0.0/16');
    const { id } = account.network.addSecurityGroup('vpc-0000000000000000f', 'other', 'Another');

    await expect(create({ VpcSecurityGroupIds: [id] })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
      message: expect.stringContaining('different VPCs'),
    });
  });

  it('is refused where RDS cannot use the role', async () => {
    const { account, create } = await prepare();
    account.roles.find(roleName)?.managedPolicyArns.delete(policyArn);

    await expect(create(domain)).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
      message: expect.stringContaining('IAM role provided is not valid'),
    });
  });

  it('is refused where there is one of that name, or as many as an account may have', async () => {
    const { account, create } = await prepare();
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'DBInstanceAlreadyExistsFault' });
    for (let count = 1; count < 40; count += 1)
      account.databases.place({ ...settings, identifier: `more${count}` }, null);

    await expect(create({ DBInstanceIdentifier: 'other' })).rejects.toMatchObject({
      name: 'InstanceQuotaExceededFault',
    });
  });
});

describe('an instance that is there', () => {
  it('is found by identifier and by filters', async () => {
    const { account, client, placed } = await withInstance();
    account.databases.place(
      { ...settings, identifier: 'other', engine: 'sqlserver-ee' },
      {
        directoryId,
        roleName,
      },
    );
    const found = async (Name: string, value: string) => {
      const Filters = [{ Name, Values: [value] }];
      const { DBInstances } = await client.send(new DescribeDBInstancesCommand({ Filters }));
      return DBInstances?.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier);
    };

    expect(await found('db-instance-id', 'orders')).toEqual(['orders']);
    expect(await found('dbi-resource-id', placed.resourceId)).toEqual(['orders']);
    expect(await found('domain', directoryId)).toEqual(['other']);
    expect(await found('engine', 'sqlserver-ee')).toEqual(['other']);
    await expect(found('colour', 'blue')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(
      client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'none' })),
    ).rejects.toMatchObject({ name: 'DBInstanceNotFoundFault' });
  });

  it('shows what it was joined to before', async () => {
    const { account } = await prepare();

    const placed = account.databases.place(settings, { directoryId, roleName });

    expect(placed).toMatchObject({
      membership: { status: 'joined', inEffect: true },
      masterSecret: { status: 'active' },
    });
    expect(account.databases.answering(placed.hostName ?? '')).toBe(placed);
  });

  it('joins in some minutes and is in effect after a reboot', async () => {
    const { account, client, modify, membership, placed } = await withInstance();
    const seen: (string | undefined)[] = [];
    await modify({ ...domain, ApplyImmediately: true });
    for (let seconds = 0; seconds < 600; seconds += 5) {
      const text = `${placed.status} ${await membership()}`;
      if (seen.at(-1) !== text) seen.push(text);
      await account.minutes(5 / 60);
    }

    expect(seen).toEqual([
      'available undefined',
      'modifying pending-join',
      'modifying joining',
      'available joined',
    ]);
    expect(placed.membership?.inEffect).toBe(false);
    await client.send(new RebootDBInstanceCommand(byName));
    expect(placed.status).toBe('rebooting');
    expect(account.databases.answering(placed.hostName ?? '')).toBeUndefined();
    await account.minutes(4);
    expect(placed).toMatchObject({ status: 'available', membership: { inEffect: true } });
  });

  it('joins once where it is asked twice, and again where it failed', async () => {
    const { account, modify, membership, placed } = await withInstance();
    account.directories.whyNotJoin = () => 'No route.';
    await modify({ ...domain, ApplyImmediately: true });
    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(15);
    expect(await membership()).toBe('failed');

    account.directories.whyNotJoin = () => null;
    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(15);

    expect(await membership()).toBe('joined');
    expect(account.databases.events.filter(({ category }) => category === 'failure')).toHaveLength(1);
    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(1);
    expect(placed.status).toBe('available');
  });

  it('waits for its maintenance window where it may not be interrupted', async () => {
    const { account, modify, membership } = await withInstance();

    await modify(domain);
    await account.minutes(60);
    expect(await membership()).toBe('pending-maintenance-join');

    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(15);
    expect(await membership()).toBe('joined');

    await modify({ Domain: 'none' });
    expect(await membership()).toBe('pending-maintenance-removal');
  });

  it('leaves its directory', async () => {
    const { account, modify, membership, placed } = await withInstance();
    await modify({ Domain: 'none', ApplyImmediately: true });
    expect(placed.asked).toBeNull();
    await modify({ ...domain, ApplyImmediately: true });
    await account.minutes(15);

    await modify({ Domain: 'none', ApplyImmediately: true });
    await modify({ Domain: 'none', ApplyImmediately: true });
    expect(await membership()).toBe('pending-removal');
    await expect(modify({ ...domain, ApplyImmediately: true })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
    await account.minutes(1);
    expect(await membership()).toBe('removing');
    await account.minutes(6);

    expect(placed).toMatchObject({ membership: null, status: 'available' });
  });

  it('is not taken from one directory into another', async () => {
    const { account, modify } = await withInstance();
    account.directories.active.push('d-0000000000');
    await modify({ ...domain, ApplyImmediately: true });
    const other = { ...domain, Domain: 'd-0000000000', ApplyImmediately: true };

    await expect(modify(other)).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await account.minutes(15);
    await expect(modify(other)).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  });

  it('changes its class at once or later, and its protection', async () => {
    const { account, modify, instance, placed, events } = await withInstance();

    await modify({ DBInstanceClass: 'db.r6i.xlarge', DeletionProtection: true });
    expect(await instance()).toMatchObject({
      DBInstanceClass: 'db.r6i.large',
      DeletionProtection: true,
      PendingModifiedValues: { DBInstanceClass: 'db.r6i.xlarge' },
    });
    await modify({ DBInstanceClass: 'db.r6i.xlarge', ApplyImmediately: true });
    await expect(modify({ DeletionProtection: false })).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });
    await account.minutes(21);

    expect(placed).toMatchObject({
      instanceClass: 'db.r6i.xlarge',
      pendingInstanceClass: null,
      status: 'available',
    });
    expect(await events()).toEqual(['Finished applying modification to DB instance class']);
    await modify({ DBInstanceClass: 'db.r6i.xlarge' });
    expect(placed.pendingInstanceClass).toBeNull();
    await expect(modify({ AllocatedStorage: 200 })).rejects.toMatchObject({
      message: "The simulator's RDS does not know AllocatedStorage.",
    });
  });

  it('reboots only where nothing else is going on', async () => {
    const { client, modify } = await withInstance();
    const reboot = () => client.send(new RebootDBInstanceCommand(byName));
    await modify({ ...domain, ApplyImmediately: true });

    await expect(reboot()).rejects.toMatchObject({ name: 'InvalidDBInstanceStateFault' });
  });

  it('is deleted with its secret and its place in the network', async () => {
    const { account, client, modify, events } = await withInstance({ deletionProtection: true });
    const remove = (input: object) => client.send(new DeleteDBInstanceCommand({ ...byName, ...input }));
    await expect(remove({ SkipFinalSnapshot: true })).rejects.toMatchObject({
      message: expect.stringContaining('disable deletion protection'),
    });
    await modify({ DeletionProtection: false });
    await expect(remove({})).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await client.send(new RebootDBInstanceCommand(byName));

    await remove({ FinalDBSnapshotIdentifier: 'last' });
    await expect(remove({ SkipFinalSnapshot: true })).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });
    await expect(
      client.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'forestbridge-orders' })),
    ).rejects.toMatchObject({ name: 'InvalidDBSubnetGroupStateFault' });
    await account.minutes(9);

    expect(account.databases.all).toEqual([]);
    expect(account.secrets.all).toEqual([]);
    expect(account.network.interfaces.size).toBe(0);
    expect(await events()).toEqual(['DB instance shutdown', 'DB instance deleted']);
  });

  it('is deleted without a secret where the password was its owner’s', async () => {
    const { account, client } = await withInstance({ masterPassword: 'correct-horse' });

    await client.send(new DeleteDBInstanceCommand({ ...byName, SkipFinalSnapshot: true }));
    await account.minutes(9);

    expect(account.databases.all).toEqual([]);
  });
});

describe('subnet groups', () => {
  it('are made, listed and deleted', async () => {
    const { client } = await prepare();
    const { DBSubnetGroup } = await client.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: 'Second',
        DBSubnetGroupDescription: 'Another',
        SubnetIds: subnetIds,
        Tags: [{ Key: 'team', Value: 'x' }],
      }),
    );
    expect(DBSubnetGroup).toMatchObject({
      DBSubnetGroupName: 'second',
      VpcId: vpcId,
      Subnets: [{ SubnetAvailabilityZone: { Name: 'eu-west-1a' } }, { SubnetIdentifier: subnetIds[1] }],
    });
    const names = async (input: object) => {
      const { DBSubnetGroups } = await client.send(new DescribeDBSubnetGroupsCommand(input));
      return DBSubnetGroups?.map(({ DBSubnetGroupName }) => DBSubnetGroupName);
    };
    expect(await names({})).toEqual(['forestbridge-orders', 'second']);
    expect(await names({ DBSubnetGroupName: 'SECOND' })).toEqual(['second']);

    await client.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: 'second' }));

    await expect(names({ DBSubnetGroupName: 'second' })).rejects.toMatchObject({
      name: 'DBSubnetGroupNotFoundFault',
    });
  });

  it.each([
    ['InvalidParameterValue', { DBSubnetGroupName: 'default' }],
    ['InvalidParameterValue', { DBSubnetGroupName: '-x' }],
    ['DBSubnetGroupAlreadyExistsFault', { DBSubnetGroupName: 'forestbridge-orders' }],
    ['InvalidSubnet', { SubnetIds: ['subnet-1', 'subnet-2'] }],
    ['InvalidSubnet', { SubnetIds: [...subnetIds, 'subnet-0000000000000000f'] }],
    ['DBSubnetGroupDoesNotCoverEnoughAZs', { SubnetIds: subnetIds.slice(0, 1) }],
    ['MissingParameter', { SubnetIds: undefined }],
  ])('are refused by %s for %j', async (name, change) => {
    const { account, client } = await prepare();
    account.network.addVpc('vpc-0000000000000000f', '10.9.0.0/16');
    account.network.addSubnet(
      'subnet-0000000000000000f',
      'vpc-0000000000000000f',
      '10.9.0.0/24',
      'eu-west-1c',
    );
    const input = { DBSubnetGroupName: 'second', DBSubnetGroupDescription: 'Another', SubnetIds: subnetIds };

    await expect(client.send(new CreateDBSubnetGroupCommand({ ...input, ...change }))).rejects.toMatchObject({
      name,
    });
  });
});

describe('the catalogue', () => {
  it.each([
    ['sqlserver-ee', 'db.r6i.xlarge', true],
    ['sqlserver-se', 'db.m5.large', true],
    ['sqlserver-web', 'db.t3.small', false],
    ['sqlserver-ex', 'db.t3.small', false],
  ])('offers %s on %s', async (Engine, DBInstanceClass, MultiAZCapable) => {
    const { client } = await prepare();
    const asked = {
      Engine,
      DBInstanceClass,
      EngineVersion: '16.00.4245.2.v1',
      LicenseModel: 'license-included',
    };

    const { OrderableDBInstanceOptions: options } = await client.send(
      new DescribeOrderableDBInstanceOptionsCommand(asked),
    );

    expect(options?.map(({ StorageType }) => StorageType)).toEqual(['gp2', 'gp3', 'io1', 'io2']);
    expect(options?.[0]).toMatchObject({
      MultiAZCapable,
      SupportsStorageEncryption: true,
      SupportsKerberosAuthentication: true,
      MinStorageSize: 20,
      AvailabilityZones: [{ Name: 'eu-west-1a' }, { Name: 'eu-west-1b' }],
    });
  });

  it('offers no large class of Enterprise Edition', async () => {
    const { client } = await prepare();
    const asked = { Engine: 'sqlserver-ee', DBInstanceClass: 'db.m5.large' };

    await expect(client.send(new DescribeOrderableDBInstanceOptionsCommand(asked))).resolves.toMatchObject({
      OrderableDBInstanceOptions: [],
    });
  });

  it('is handed out page by page, each offer once', async () => {
    const { client } = await prepare();
    const seen: string[] = [];
    const pages = paginateDescribeOrderableDBInstanceOptions(
      { client, pageSize: 50 },
      { Engine: 'sqlserver-se' },
    );
    for await (const { OrderableDBInstanceOptions: options = [] } of pages)
      seen.push(...options.map((option) => JSON.stringify(option)));

    expect(seen.length).toBeGreaterThan(100);
    expect(new Set(seen).size).toBe(seen.length);
    for (const input of [{ MaxRecords: 19 }, { MaxRecords: 101 }, { Marker: 'x' }])
      await expect(client.send(new DescribeDBInstancesCommand(input))).rejects.toMatchObject({
        name: 'InvalidParameterValue',
      });
  });

  it('knows the versions of an engine, the newest as the default', async () => {
    const { client } = await prepare();
    const versions = async (input: object) => {
      const { DBEngineVersions } = await client.send(
        new DescribeDBEngineVersionsCommand({ Engine: 'sqlserver-se', ...input }),
      );
      return DBEngineVersions?.map(({ EngineVersion }) => EngineVersion);
    };

    expect(await versions({ DefaultOnly: true })).toEqual(['16.00.4245.2.v1']);
    expect(await versions({ EngineVersion: '15.00' })).toEqual(['15.00.4455.2.v1']);
    expect(await versions({ EngineVersion: '11.00' })).toEqual([]);
    await expect(versions({ Engine: 'mysql' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('events', () => {
  it('are those of an instance and of a time', async () => {
    const { account, client, events } = await withInstance();
    account.databases.place({ ...settings, identifier: 'other' }, null);
    await client.send(new RebootDBInstanceCommand(byName));
    const start = account.clock.now();
    await account.minutes(30);
    await client.send(new RebootDBInstanceCommand({ DBInstanceIdentifier: 'other' }));
    const ours = { SourceIdentifier: 'orders', SourceType: 'db-instance' };

    expect(await events(ours)).toEqual(['DB instance shutdown', 'DB instance restarted']);
    expect(await events({ Duration: 10 })).toEqual(['DB instance shutdown']);
    expect(await events({ ...ours, StartTime: new Date(start + 1) })).toEqual(['DB instance restarted']);
    expect(await events({ StartTime: new Date(start), EndTime: new Date(start) })).toEqual([
      'DB instance shutdown',
    ]);
    expect(await events({ SourceType: 'db-snapshot' })).toEqual([]);
    await account.minutes(120);
    expect(await events()).toEqual([]);
    await expect(events({ SourceIdentifier: 'orders' })).rejects.toMatchObject({
      name: 'InvalidParameterCombination',
    });
  });
});

describe('tags', () => {
  it('are added to instances and subnet groups', async () => {
    const { account, client, placed } = await withInstance();
    const groupArn = account.databases.subnetGroups.get('forestbridge-orders')?.arn;
    for (const ResourceName of [placed.arn, groupArn]) {
      await client.send(new AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'team', Value: 'x' }] }));
      await expect(client.send(new ListTagsForResourceCommand({ ResourceName }))).resolves.toMatchObject({
        TagList: [{ Key: 'team', Value: 'x' }],
      });
    }
    await expect(client.send(new ListTagsForResourceCommand({ ResourceName: 'none' }))).rejects.toMatchObject(
      {
        name: 'DBInstanceNotFoundFault',
      },
    );
  });
});
