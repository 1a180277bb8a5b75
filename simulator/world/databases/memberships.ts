import { drawn, type Setting } from '../setting.ts';
import type { Lives } from './lives.ts';
import type { Domain, Instance, Membership } from './records.ts';

/** What RDS finds out about a directory only when it turns to it. */
export interface DomainCauses {
  /** The domain's name, or null unless the directory is Active. */
  activeDirectory(directoryId: string): string | null;
  /** Why the instance cannot join at that moment, in words, or null where it can. */
  whyNotJoin(instance: Instance, directoryId: string, roleName: string): string | null;
}

const unhealthy = (reason: string): string =>
  'Unhealthy domain state detected while attempt to verify or configure your Kerberos endpoint in your domain' +
  ` on node node_1. ${reason}`;

/** How instances become members of directories, and leave them. */
export class Memberships {
  readonly #setting: Setting;
  readonly #causes: DomainCauses;
  readonly #lives: Lives;

  constructor(setting: Setting, causes: DomainCauses, lives: Lives) {
    this.#setting = setting;
    this.#causes = causes;
    this.#lives = lives;
  }

  pending({ directoryId, roleName }: Domain): Membership {
    const domainName = this.#causes.activeDirectory(directoryId) ?? '';
    return { directoryId, roleName, domainName, status: 'pending-join', inEffect: false };
  }

  /** Joins an instance while it is created; it is rebooted before anybody sees it. */
  joinWhileCreated(instance: Instance, domain: Domain, duration: number): void {
    const membership = this.pending(domain);
    instance.membership = membership;
    this.#lives.later(instance, Math.round(duration * 0.6), () => {
      membership.status = 'joining';
    });
    this.#lives.later(instance, Math.round(duration * 0.8), () => {
      this.#decide(instance, membership);
      membership.inEffect = membership.status === 'joined';
    });
  }

  /** The join succeeds or fails by what is true at this moment. */
  #decide(instance: Instance, membership: Membership): void {
    const reason = this.#causes.whyNotJoin(instance, membership.directoryId, membership.roleName);
    membership.status = reason === null ? 'joined' : 'failed';
    membership.decidedAt = this.#setting.clock.now();
    if (reason !== null) this.#lives.tell(instance, 'failure', unhealthy(reason));
  }

  /** Joins an instance that is running. */
  join(instance: Instance, domain: Domain, immediately: boolean): void {
    if (!immediately) {
      instance.membership = { ...this.pending(domain), status: 'pending-maintenance-join' };
      return;
    }
    this.#begin(instance, domain, () => {
      const membership = this.pending(domain);
      instance.membership = membership;
      this.#lives.later(instance, drawn(this.#setting, 30, 90), () => {
        membership.status = 'joining';
        this.#end(instance, drawn(this.#setting, 180, 480), () => this.#decide(instance, membership));
      });
    });
  }

  leave(instance: Instance, membership: Membership, immediately: boolean): void {
    if (!immediately) {
      membership.status = 'pending-maintenance-removal';
      return;
    }
    membership.status = 'pending-removal';
    this.#begin(instance, 'none', () => {
      membership.status = 'removing';
      this.#end(instance, drawn(this.#setting, 120, 300), () => {
        instance.membership = null;
      });
    });
  }

  /** RDS takes some seconds to turn to a change. */
  #begin(instance: Instance, asked: Domain | 'none', begin: () => void): void {
    instance.asked = asked;
    this.#lives.later(instance, drawn(this.#setting, 5, 25), () => {
      instance.asked = null;
      instance.status = 'modifying';
      begin();
    });
  }

  #end(instance: Instance, milliseconds: number, end: () => void): void {
    this.#lives.later(instance, milliseconds, () => {
      end();
      instance.status = 'available';
    });
  }
}
