/** What a virtual network is made of, as plain records. */

export type Tags = Record<string, string>;

export interface Thing {
  readonly id: string;
  readonly tags: Tags;
}

export interface Vpc extends Thing {
  readonly cidr: string;
}

export interface Subnet extends Thing {
  readonly vpcId: string;
  readonly cidr: string;
  readonly zone: string;
}

export interface Route {
  readonly destination: string;
  /** `local`, or the id of what leads there: vgw-, tgw-, pcx-, igw-, nat-. */
  readonly target: string;
  readonly state: 'active' | 'blackhole';
}

/** The main table of a VPC is that of every subnet that no other table names. */
export interface RouteTable extends Thing {
  readonly vpcId: string;
  readonly main: boolean;
  subnetIds: readonly string[];
  routes: readonly Route[];
}

export interface NetworkAclEntry {
  readonly number: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  readonly protocol: 'tcp' | 'udp' | '-1';
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidr: string;
}

/** The default list of a VPC is that of every subnet that no other list names. */
export interface NetworkAcl extends Thing {
  readonly vpcId: string;
  readonly isDefault: boolean;
  subnetIds: readonly string[];
  entries: readonly NetworkAclEntry[];
}

export interface NewRule {
  readonly egress: boolean;
  /** `tcp`, `udp`, `icmp`, ... or `-1` for everything. */
  readonly protocol: string;
  /** -1 where the protocol has no ports. */
  readonly fromPort: number;
  readonly toPort: number;
  /** A CIDR, or the id of a security group. */
  readonly peer: string;
  readonly description: string | null;
}

export interface Rule extends NewRule, Thing {}

export interface SecurityGroup extends Thing {
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  rules: readonly Rule[];
}

/** Where somebody stands; a company's own host stands in no subnet. */
export interface Place {
  readonly address: string;
  readonly subnetId: string | null;
  readonly securityGroupIds: readonly string[];
}

export interface NetworkInterface extends Thing, Place {
  readonly subnetId: string;
  securityGroupIds: readonly string[];
  readonly description: string;
}

/** An EC2 instance, as far as the network sees it. */
export interface Instance extends Thing {
  readonly interfaceId: string;
}

export interface Traffic {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}
