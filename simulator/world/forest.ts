/** A trust's direction as .NET and Get-ADTrust name it on the company's side. */
export type HalfDirection = 'Inbound' | 'Outbound' | 'Bidirectional';
export type TrustType = 'Forest' | 'External';

/** The company's half of a trust. */
export interface Half {
  direction: HalfDirection;
  readonly type: TrustType;
  selectiveAuthentication: boolean;
  password: string;
}

/** A domain controller of the company: a managed node of Systems Manager, inside a VPC or outside. */
export interface DomainController {
  readonly managedNodeId: string;
  readonly address: string;
  /** Where else it is reached. */
  readonly otherAddresses?: string[];
  readonly subnetId: string | null;
  readonly securityGroupIds: readonly string[];
  readonly agentVersion: string;
  up: boolean;
  clockSkewSeconds: number;
}

/** The company's own Active Directory and the firewall in front of it. */
export interface Forest {
  readonly domainName: string;
  readonly shortName: string;
  readonly networks: string[];
  readonly dnsIpAddresses: string[];
  readonly domainControllers: DomainController[];
  /** Ports that the company's firewall closes, both ways. */
  readonly closedPorts: Set<number>;
  readonly forwarders: Map<string, readonly string[]>;
  readonly halves: Map<string, Half>;
  /** Account names that exist; every name does where it is null. */
  readonly principals: ReadonlySet<string> | null;
}

export const newForest = (
  forest: Pick<Forest, 'domainName' | 'shortName' | 'domainControllers'> & {
    readonly networks: readonly string[];
    readonly dnsIpAddresses: readonly string[];
  },
): Forest => ({
  ...forest,
  networks: [...forest.networks],
  dnsIpAddresses: [...forest.dnsIpAddresses],
  closedPorts: new Set(),
  forwarders: new Map(),
  halves: new Map(),
  principals: null,
});
