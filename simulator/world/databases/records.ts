/** What RDS is made of, as plain records. */

/** AWS's words for an instance of SQL Server; Aurora, PostgreSQL and MySQL have others. */
type MembershipStatus =
  | 'pending-join'
  | 'joining'
  | 'joined'
  | 'pending-maintenance-join'
  | 'failed'
  | 'pending-removal'
  | 'pending-maintenance-removal'
  | 'removing';

/** A directory, and the role under which RDS speaks to it. */
export interface Domain {
  readonly directoryId: string;
  readonly roleName: string;
}

export interface Membership extends Domain {
  readonly domainName: string;
  status: MembershipStatus;
  /** When the join was decided, once it was. */
  decidedAt?: number;
  /** An instance that was joined after its creation logs nobody in before it was rebooted. */
  inEffect: boolean;
}

export interface InstanceSettings {
  readonly identifier: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly instanceClass: string;
  readonly allocatedStorage: number;
  readonly storageType: string;
  readonly iops: number | null;
  readonly multiAz: boolean;
  readonly encrypted: boolean;
  readonly kmsKeyId: string | null;
  readonly masterUsername: string;
  /** Null where RDS shall make the password and keep it in a secret of its own. */
  readonly masterPassword: string | null;
  readonly port: number;
  readonly subnetGroupName: string;
  readonly securityGroupIds: readonly string[];
  readonly publiclyAccessible: boolean;
  readonly autoMinorVersionUpgrade: boolean;
  readonly backupRetentionDays: number;
  readonly deletionProtection: boolean;
  readonly copyTagsToSnapshot: boolean;
  readonly logExports: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
}

type InstanceStatus =
  | 'creating'
  | 'backing-up'
  | 'available'
  | 'modifying'
  | 'rebooting'
  | 'deleting'
  | 'failed'
  | 'incompatible-network'
  | 'insufficient-capacity'
  | 'storage-full'
  | 'stopped';

export interface Instance extends InstanceSettings {
  readonly masterPassword: string;
  readonly arn: string;
  readonly resourceId: string;
  readonly createdAt: number;
  /** Known once the instance is available for the first time. */
  hostName: string | null;
  status: InstanceStatus;
  /** The secret that RDS keeps, or null where the customer chose the password. */
  readonly masterSecret: { readonly arn: string; status: 'creating' | 'active' } | null;
  membership: Membership | null;
  /** Asked for, not begun: for some seconds RDS still shows what was before. */
  asked: Domain | 'none' | null;
  /** A change that waits for the maintenance window. */
  pendingInstanceClass: string | null;
  instanceClass: string;
  deletionProtection: boolean;
  readonly tags: Map<string, string>;
  /** Where it stands in the network. */
  readonly interfaceId: string;
}

export interface SubnetGroup {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly tags: Map<string, string>;
}

export interface DatabaseEvent {
  readonly identifier: string;
  readonly at: number;
  readonly category: 'availability' | 'backup' | 'creation' | 'deletion' | 'failure' | 'configuration change';
  readonly message: string;
}
