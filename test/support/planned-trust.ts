import { planTrust } from '../../functions/trust/plan-trust.ts';
import type { Trust } from '../../simulator/world/directories.ts';
import {
  directoryId,
  directoryName,
  domainName,
  onPremises,
  outgoing,
  trustAccount,
} from './trust-account.ts';

export const trustId = 't-1234567890';
export const inbound = { direction: 'Inbound', type: 'Forest', selectiveAuthentication: false };
export const twoWay = { ...outgoing, direction: 'Two-Way' };
export const incoming = { ...outgoing, direction: 'One-Way: Incoming' };
export const bidirectional = { ...inbound, direction: 'Bidirectional' };
export const outbound = { ...inbound, direction: 'Outbound' };

export const makeBoth = { onPremises: 'create', inAws: 'create', newPassword: true, trustId: null };
export const keepBoth = { onPremises: 'keep', inAws: 'keep', newPassword: false, trustId };
export const repair = { onPremises: 'reset', inAws: 'recreate', newPassword: true, trustId };

export interface There {
  /** AWS's half. */
  readonly inAws?: Partial<Trust>;
  readonly oursInAws?: boolean;
  readonly half?: object;
  readonly oursOnPremises?: boolean;
}

/** An account with these halves, and a plan for them. */
export const prepare = async ({ inAws, oursInAws = false, half, oursOnPremises = false }: There) => {
  const account = await trustAccount();
  if (inAws !== undefined)
    account.directory.trusts.push({
      ...outgoing,
      trustId,
      remoteDomainName: domainName,
      createdAt: 0,
      changedAt: 0,
      password: 'secret',
      state: 'Verified',
      reason: null,
      ...inAws,
    });
  if (oursInAws) {
    await account.ledger.making('half-in-aws', `${directoryId}/${domainName}`);
    await account.ledger.made('half-in-aws', `${directoryId}/${domainName}`, trustId);
  }
  if (oursOnPremises) await account.ledger.making('half-on-premises', directoryName);
  const plan = (trust: object = outgoing): Promise<unknown> =>
    account.run(planTrust, {
      directory: { directoryId, name: directoryName },
      onPremises,
      trust,
      half: half ?? null,
    });
  account.disturb();
  return { account, plan };
};

export const ours = { oursInAws: true, oursOnPremises: true };
