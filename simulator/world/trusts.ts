import type { Causes } from './causes.ts';
import { notContacted, notPerformed } from './causes.ts';
import type { Directory, Trust, TrustState } from './directories.ts';
import { drawn, type Setting } from './setting.ts';

type NewTrust = Pick<
  Trust,
  'remoteDomainName' | 'direction' | 'type' | 'selectiveAuthentication' | 'password'
>;

/** How long a directory's controllers go on asking a forwarder's old addresses, in milliseconds. */
const forwarderCache = 5 * 60_000;

/** What becomes of trusts and forwarders as time goes by; verdicts fall when their time has come, by the causes. */
export class Trusts {
  readonly #setting: Setting;
  readonly #causes: Causes;

  constructor(setting: Setting, causes: Causes) {
    this.#setting = setting;
    this.#causes = causes;
  }

  /** Creating -> Created -> Verifying -> Verified or VerifyFailed; an incoming one ends at Created. */
  create(directory: Directory, wanted: NewTrust): Trust {
    const now = this.#setting.clock.now();
    const trust: Trust = {
      ...wanted,
      trustId: `t-${this.#setting.random.hex(10)}`,
      createdAt: now,
      changedAt: now,
      state: 'Creating',
      reason: null,
    };
    directory.trusts.push(trust);
    this.#later(20, 60, () => {
      if (trust.state !== 'Creating') return;
      if (this.#causes.whyNotContacted(directory, trust.remoteDomainName) !== null)
        return this.#change(trust, 'Failed', notContacted + trust.remoteDomainName);
      if (this.#causes.broken.has('half-in-aws')) return this.#change(trust, 'Failed', notPerformed);
      this.#change(trust, 'Created', null);
      this.#verifySoon(directory, trust);
    });
    return trust;
  }

  /** Updating -> Updated -> Verifying and its verdict; an incoming one ends at Updated. */
  update(directory: Directory, trust: Trust, selectiveAuthentication: boolean): void {
    this.#change(trust, 'Updating', null);
    this.#later(5, 20, () => {
      if (trust.state !== 'Updating') return;
      trust.selectiveAuthentication = selectiveAuthentication;
      this.#change(trust, 'Updated', null);
      this.#verifySoon(directory, trust);
    });
  }

  verify(directory: Directory, trust: Trust): void {
    this.#change(trust, 'Verifying', null);
    this.#later(10, 40, () => {
      if (trust.state !== 'Verifying') return;
      const reason = this.#causes.whyNotVerified(directory, trust);
      this.#change(trust, reason === null ? 'Verified' : 'VerifyFailed', reason);
    });
  }

  delete(directory: Directory, trust: Trust, withForwarder: boolean): void {
    this.#change(trust, 'Deleting', null);
    if (withForwarder) directory.forwarders.delete(trust.remoteDomainName);
    this.#later(10, 60, () => directory.trusts.splice(directory.trusts.indexOf(trust), 1));
  }

  /** Sets where the directory forwards a domain's names; controllers that knew another answer keep it a while. */
  forward(directory: Directory, domainName: string, addresses: readonly string[]): void {
    const before = directory.forwarders.get(domainName);
    const until = this.#setting.clock.now() + forwarderCache;
    directory.forwarders.set(domainName, {
      addresses,
      cached: before === undefined ? null : { addresses: before.addresses, until },
    });
  }

  /** AWS verifies by itself what was created or changed, as far as it can. */
  #verifySoon(directory: Directory, trust: Trust): void {
    const { state } = trust;
    if (trust.direction === 'One-Way: Incoming') return;
    this.#later(2, 5, () => {
      if (trust.state === state) this.verify(directory, trust);
    });
  }

  #later(least: number, most: number, event: () => void): void {
    const { clock } = this.#setting;
    clock.at(clock.now() + drawn(this.#setting, least, most), event);
  }

  #change(trust: Trust, state: TrustState, reason: string | null): void {
    trust.state = state;
    trust.reason = reason;
    trust.changedAt = this.#setting.clock.now();
  }
}
