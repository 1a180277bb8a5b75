/** What Directory Service is made of, as plain records. */

export type Stage = 'Requested' | 'Creating' | 'Active' | 'Failed' | 'Deleting' | 'Impaired' | 'Inoperable';
export type TrustState =
  | 'Creating'
  | 'Created'
  | 'Verifying'
  | 'VerifyFailed'
  | 'Verified'
  | 'Updating'
  | 'Updated'
  | 'Deleting'
  | 'Failed';
export type TrustDirection = 'One-Way: Outgoing' | 'One-Way: Incoming' | 'Two-Way';

interface Forwarder {
  readonly addresses: readonly string[];
  /** What the directory's controllers still ask, and until when: they cache a forwarder that was changed. */
  readonly cached: { readonly addresses: readonly string[]; readonly until: number } | null;
}

export interface IpRoute {
  readonly cidr: string;
  readonly description: string;
  readonly addedAt: number;
  status: 'Adding' | 'Added' | 'Removing';
}

/** The managed directory's half of a trust. */
export interface Trust {
  readonly trustId: string;
  readonly remoteDomainName: string;
  readonly direction: TrustDirection;
  readonly type: 'Forest' | 'External';
  readonly createdAt: number;
  selectiveAuthentication: boolean;
  password: string;
  state: TrustState;
  reason: string | null;
  changedAt: number;
}

export interface Directory {
  readonly directoryId: string;
  readonly name: string;
  readonly shortName: string;
  readonly edition: 'Standard' | 'Enterprise' | 'Hybrid';
  readonly description: string | null;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly dnsIpAddresses: readonly string[];
  readonly launchedAt: number;
  readonly primaryRegion: string;
  readonly tags: Map<string, string>;
  readonly forwarders: Map<string, Forwarder>;
  readonly ipRoutes: IpRoute[];
  readonly trusts: Trust[];
  stage: Stage;
  reason: string | null;
  changedAt: number;
}

export type NewDirectory = Pick<
  Directory,
  'name' | 'shortName' | 'edition' | 'description' | 'vpcId' | 'subnetIds'
> & {
  readonly tags: ReadonlyMap<string, string>;
};
