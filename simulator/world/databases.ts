import { Lives } from './databases/lives.ts';
import { type DomainCauses, Memberships } from './databases/memberships.ts';
import { Offers } from './databases/offers.ts';
import type {
  DatabaseEvent,
  Domain,
  Instance,
  InstanceSettings,
  Membership,
  SubnetGroup,
} from './databases/records.ts';
import type { Network } from './network.ts';
import { digits, lowerCase, password, upperCase } from './passwords.ts';
import type { Secrets } from './secrets.ts';
import { drawn, type Setting } from './setting.ts';
import { uuid } from './uuid.ts';

export type { DatabaseEvent, Domain, DomainCauses, Instance, InstanceSettings, Membership, SubnetGroup };

const minute = 60;

/** The databases of one account: instances with their lives, subnet groups, and RDS's events. */
export class Databases {
  readonly subnetGroups = new Map<string, SubnetGroup>();
  readonly offers = new Offers();
  readonly memberships: Memberships;
  readonly #setting: Setting;
  readonly #network: Network;
  readonly #secrets: Secrets;
  readonly #lives: Lives;
  readonly #instances = new Map<string, Instance>();
  /** The part of every host name that an account has in a Region. */
  readonly #hash: string;

  constructor(setting: Setting, network: Network, secrets: Secrets, causes: DomainCauses) {
    this.#setting = setting;
    this.#network = network;
    this.#secrets = secrets;
    this.#hash = `c${setting.random.hex(11)}`;
    this.#lives = new Lives(setting);
    this.memberships = new Memberships(setting, causes, this.#lives);
  }

  get all(): readonly Instance[] {
    return [...this.#instances.values()];
  }

  /** RDS's events, oldest first. */
  get events(): DatabaseEvent[] {
    return this.#lives.events;
  }

  find(identifier: string): Instance | undefined {
    return this.#instances.get(identifier.toLowerCase());
  }

  /** The instance that answers at that host name: none does while it reboots. */
  answering(hostName: string): Instance | undefined {
    const answering = new Set(['available', 'modifying', 'backing-up']);
    return this.all.find((instance) => instance.hostName === hostName && answering.has(instance.status));
  }

  addSubnetGroup(group: Omit<SubnetGroup, 'arn'>): SubnetGroup {
    const added = { ...group, arn: this.#arn('subgrp', group.name) };
    this.subnetGroups.set(group.name, added);
    return added;
  }

  /** Creates an instance, in a domain or in none. */
  create(settings: InstanceSettings, domain: Domain | null): Instance {
    const instance = this.#add(settings, 'creating');
    const [least, most] = settings.multiAz ? [28, 40] : [15, 28];
    const duration = drawn(this.#setting, least * minute, most * minute);
    const { masterSecret } = instance;
    if (masterSecret !== null)
      this.#lives.later(instance, drawn(this.#setting, 60, 180), () => {
        masterSecret.status = 'active';
      });
    if (domain !== null) this.memberships.joinWhileCreated(instance, domain, duration);
    this.#lives.later(instance, Math.round(duration * 0.9), () => {
      instance.status = 'backing-up';
      instance.hostName = this.#hostName(instance.identifier);
      this.#lives.tell(instance, 'creation', 'DB instance created');
      this.#lives.tell(instance, 'backup', 'Backing up DB instance');
    });
    this.#lives.later(instance, duration, () => {
      instance.status = 'available';
      this.#lives.tell(instance, 'backup', 'Finished DB Instance backup');
    });
    return instance;
  }

  /** An instance that has been there for long, a member of that directory or of none. */
  place(settings: InstanceSettings, domain: Domain | null): Instance {
    const instance = this.#add(settings, 'available');
    if (instance.masterSecret !== null) instance.masterSecret.status = 'active';
    if (domain !== null)
      instance.membership = { ...this.memberships.pending(domain), status: 'joined', inEffect: true };
    return instance;
  }

  changeClass(instance: Instance, instanceClass: string, immediately: boolean): void {
    instance.pendingInstanceClass = instanceClass;
    if (!immediately) return;
    instance.status = 'modifying';
    this.#lives.later(instance, drawn(this.#setting, 8 * minute, 20 * minute), () => {
      instance.instanceClass = instanceClass;
      instance.pendingInstanceClass = null;
      instance.status = 'available';
      this.#lives.tell(
        instance,
        'configuration change',
        'Finished applying modification to DB instance class',
      );
    });
  }

  reboot(instance: Instance): void {
    instance.status = 'rebooting';
    this.#lives.tell(instance, 'availability', 'DB instance shutdown');
    this.#lives.later(instance, drawn(this.#setting, 60, 180), () => {
      instance.status = 'available';
      if (instance.membership?.status === 'joined') instance.membership.inEffect = true;
      this.#lives.tell(instance, 'availability', 'DB instance restarted');
    });
  }

  delete(instance: Instance): void {
    instance.status = 'deleting';
    const { clock } = this.#setting;
    clock.at(clock.now() + drawn(this.#setting, 3 * minute, 8 * minute), () => {
      this.#instances.delete(instance.identifier);
      this.#network.removeInterface(instance.interfaceId);
      const secret = this.#secrets.find(instance.masterSecret?.arn ?? '');
      if (secret !== undefined) this.#secrets.remove(secret);
      this.#lives.tell(instance, 'deletion', 'DB instance deleted');
    });
  }

  #add(settings: InstanceSettings, status: 'creating' | 'available'): Instance {
    const { clock, random } = this.#setting;
    const identifier = settings.identifier.toLowerCase();
    const [subnetId] = this.subnetGroups.get(settings.subnetGroupName)?.subnetIds ?? [];
    if (subnetId === undefined) throw new RangeError(`The world has no subnets for ${identifier}.`);
    const masterPassword =
      settings.masterPassword ?? password(random, [lowerCase, upperCase, digits], 28, true);
    const instance: Instance = {
      ...settings,
      identifier,
      arn: this.#arn('db', identifier),
      resourceId: `db-${random.hex(26).toUpperCase()}`,
      createdAt: clock.now(),
      hostName: status === 'available' ? this.#hostName(identifier) : null,
      status,
      masterPassword,
      masterSecret:
        settings.masterPassword === null ? this.#keep(settings.masterUsername, masterPassword) : null,
      membership: null,
      asked: null,
      pendingInstanceClass: null,
      tags: new Map(settings.tags),
      interfaceId: this.#network.addInterface(subnetId, settings.securityGroupIds, 'RDSNetworkInterface').id,
    };
    this.#instances.set(identifier, instance);
    return instance;
  }

  #keep(username: string, masterPassword: string): NonNullable<Instance['masterSecret']> {
    const name = `rds!db-${uuid(this.#setting.random)}`;
    const value = JSON.stringify({ username, password: masterPassword });
    return { arn: this.#secrets.create({ name, owningService: 'rds' }, value).arn, status: 'creating' };
  }

  #hostName(identifier: string): string {
    return `${identifier}.${this.#hash}.${this.#setting.region}.rds.amazonaws.com`;
  }

  #arn(kind: string, name: string): string {
    return `arn:aws:rds:${this.#setting.region}:${this.#setting.accountId}:${kind}:${name}`;
  }
}
