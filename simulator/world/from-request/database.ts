import type { Database } from '../../../functions/request/schema.ts';
import type { World } from '../world.ts';

/** What the database of a request needs to be there before: offers and groups, or the instance itself. */
export const placeDatabase = (
  world: World,
  database: Database,
  vpcId: string,
  subnetIds: readonly string[],
): void => {
  const { network, databases } = world;
  if (!database.existing) {
    databases.offers.add(database);
    if (database.subnetGroupName !== null && !databases.subnetGroups.has(database.subnetGroupName))
      databases.addSubnetGroup({
        name: database.subnetGroupName,
        description: 'Subnets for databases',
        vpcId,
        subnetIds: database.subnetIds,
        tags: new Map(),
      });
    for (const id of database.securityGroupIds)
      if (!network.securityGroups.has(id)) network.addSecurityGroup(vpcId, id, 'Databases', {}, id);
    return;
  }
  if (databases.find(database.identifier) !== undefined) return;
  const group = network.addSecurityGroup(
    vpcId,
    `${database.identifier}-clients`,
    'Who may reach the database',
  );
  databases.addSubnetGroup({
    name: `${database.identifier}-subnets`,
    description: 'Subnets of the database',
    vpcId,
    subnetIds,
    tags: new Map(),
  });
  const instance = databases.place(
    {
      identifier: database.identifier,
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
      masterPassword: database.masterUserSecretArn === null ? null : `Kept-${world.random.hex(20)}`,
      port: 1433,
      subnetGroupName: `${database.identifier}-subnets`,
      securityGroupIds: [group.id],
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      backupRetentionDays: 7,
      deletionProtection: true,
      copyTagsToSnapshot: true,
      logExports: [],
      tags: new Map(),
    },
    null,
  );
  if (database.masterUserSecretArn !== null)
    world.secrets.place(
      database.masterUserSecretArn,
      JSON.stringify({ username: instance.masterUsername, password: instance.masterPassword }),
    );
};
