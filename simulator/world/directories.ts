import { controllersGroup } from './directories/controllers-group.ts';
import type {
  Directory,
  IpRoute,
  NewDirectory,
  Stage,
  Trust,
  TrustDirection,
  TrustState,
} from './directories/records.ts';
import type { Network } from './network.ts';
import { drawn, type Setting } from './setting.ts';

export type { Directory, IpRoute, NewDirectory, Trust, TrustDirection, TrustState };

const internalError = 'An internal service error has been encountered during the operation.';

/** The managed directories of an account. */
export class Directories {
  readonly all: Directory[] = [];
  /** Creations still to fail in their first minutes. */
  failures = 0;
  readonly #setting: Setting;
  readonly #network: Network;
  readonly #isInUse: (directory: Directory) => boolean;

  constructor(setting: Setting, network: Network, isInUse: (directory: Directory) => boolean) {
    this.#setting = setting;
    this.#network = network;
    this.#isInUse = isInUse;
  }

  find(directoryId: string): Directory | undefined {
    return this.all.find((directory) => directory.directoryId === directoryId);
  }

  /** Whether another service is authorized to use it; then it cannot be deleted. */
  isInUse(directory: Directory): boolean {
    return this.#isInUse(directory);
  }

  /** A directory that is there and Active already. */
  place(wanted: NewDirectory, directoryId = `d-${this.#setting.random.hex(10)}`): Directory {
    const now = this.#setting.clock.now();
    const securityGroupId = controllersGroup(this.#network, directoryId, wanted.vpcId);
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
            `AWS created network interface for directory ${directoryId}`,
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
}
