import { known } from './network/known.ts';
import type { Network, NewRule } from './network.ts';
import { drawn, type Setting } from './setting.ts';

export type Stage = 'Requested' | 'Creating' | 'Active' | 'Failed' | 'Deleting' | 'Impaired' | 'Inoperable';
export type TrustState =
  | 'Creating'
  | 'Created'
  | 'Verifying'
  | 'VerifyFailed'
  | 'Verified'
  | 'Updating'
  | 'Deleting'
  | 'Failed';
export type TrustDirection = 'One-Way: Outgoing' | 'One-Way: Incoming' | 'Two-Way';

export interface Forwarder {
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

/** The managed directories of an account. */
export class Directories {
  readonly all: Directory[] = [];
  /** Creations still to fail in their first minutes. */
  failures = 0;
  readonly #setting: Setting;
  readonly #network: Network;

  constructor(setting: Setting, network: Network) {
    this.#setting = setting;
    this.#network = network;
  }

  find(directoryId: string): Directory | undefined {
    return this.all.find((directory) => directory.directoryId === directoryId);
  }

  /** A directory that is there and Active already. */
  place(wanted: NewDirectory, directoryId = `d-${this.#setting.random.hex(10)}`): Directory {
    const now = this.#setting.clock.now();
    const securityGroupId = this.#makeGroup(directoryId, wanted.vpcId);
    const directory: Directory = {
      ...wanted,
      directoryId,
      tags: new Map(wanted.tags),
      securityGroupId,
      dnsIpAddresses: wanted.subnetIds.map(
        (subnetId) =>
          this.#network.addInterface(
            subnetId,
            [securityGroupId],
            `AWS created network interface for ${directoryId}`,
          ).address,
      ),
      launchedAt: now,
      primaryRegion: this.#setting.region,
      forwarders: new Map(),
      ipRoutes: [],
      trusts: [],
      stage: 'Active',
      reason: null,
      changedAt: now,
    };
    this.all.push(directory);
    return directory;
  }

  /** Asks for a directory: Active after 20 to 45 minutes, or Failed within the first ones. */
  create(wanted: NewDirectory): Directory {
    const directory = this.place(wanted);
    const ready = drawn(this.#setting, 20 * 60, 45 * 60);
    this.#change(directory, 'Requested', null);
    this.#goOn(directory, drawn(this.#setting, 5, 20), 'Creating', null);
    if (this.failures > 0) {
      this.failures -= 1;
      this.#goOn(directory, drawn(this.#setting, 120, 240), 'Failed', internalError);
    } else this.#goOn(directory, ready, 'Active', null);
    return directory;
  }

  /** Asks for a deletion: gone after some minutes. */
  delete(directory: Directory): void {
    if (directory.stage === 'Deleting') return;
    const { clock } = this.#setting;
    this.#change(directory, 'Deleting', null);
    clock.at(clock.now() + drawn(this.#setting, 120, 600), () => {
      this.all.splice(this.all.indexOf(directory), 1);
      for (const { id, securityGroupIds } of this.#network.interfaces.values())
        if (securityGroupIds.includes(directory.securityGroupId)) this.#network.removeInterface(id);
      this.#network.removeSecurityGroup(directory.securityGroupId);
    });
  }

  /** The next stage of a creation, unless it was called off by a deletion. */
  #goOn(directory: Directory, milliseconds: number, stage: Stage, reason: string | null): void {
    const { clock } = this.#setting;
    clock.at(clock.now() + milliseconds, () => {
      if (directory.stage !== 'Deleting') this.#change(directory, stage, reason);
    });
  }

  #change(directory: Directory, stage: Stage, reason: string | null): void {
    directory.stage = stage;
    directory.reason = reason;
    directory.changedAt = this.#setting.clock.now();
  }

  /** The group that AWS makes: in from the directory's own VPC, out only to itself. */
  #makeGroup(directoryId: string, vpcId: string): string {
    const group = this.#network.addSecurityGroup(
      vpcId,
      `${directoryId}_controllers`,
      `AWS created security group for ${directoryId} directory controllers`,
    );
    this.#network.removeRules(
      group.id,
      group.rules.map(({ id }) => id),
    );
    const { cidr } = known(this.#network.vpcs, vpcId);
    this.#network.addRules(group.id, [
      ...[true, false].map((egress) =>
        rule({ egress, protocol: '-1', fromPort: -1, toPort: -1, peer: group.id }),
      ),
      ...controllerPorts.map((port) => rule({ egress: false, ...port, peer: cidr })),
    ]);
    return group.id;
  }
}

const internalError = 'An internal service error has been encountered during the operation.';

type Port = Pick<NewRule, 'protocol' | 'fromPort' | 'toPort'>;

const rule = (rule: Omit<NewRule, 'description'>): NewRule => ({ ...rule, description: null });
const ports = (protocol: string, ...ranges: readonly (readonly [number, number])[]): Port[] =>
  ranges.map(([fromPort, toPort]) => ({ protocol, fromPort, toPort }));

/** What the controllers of a new directory let in from their own VPC. */
const controllerPorts = [
  ...ports(
    'tcp',
    [53, 53],
    [88, 88],
    [135, 135],
    [389, 389],
    [445, 445],
    [464, 464],
    [636, 636],
    [1024, 65_535],
    [3268, 3269],
  ),
  ...ports('udp', [53, 53], [88, 88], [123, 123], [138, 138], [389, 389], [445, 445], [464, 464]),
  ...ports('icmp', [-1, -1]),
];
