import type { Trust as TrustInAws } from '@aws-sdk/client-directory-service';
import type { Half } from '../domain-controller/half.ts';
import type { Trust } from '../request/trust.ts';

/** A trust that was found, and the half of it in terms of the request. */
export interface FoundHalf {
  /** Where it is, for a message. */
  readonly place: string;
  /** Whether this request made it. */
  readonly ours: boolean;
  /** What differs from the request and cannot be changed in place; empty where nothing does. */
  readonly differs: string;
  /** Whether only its selective authentication differs. */
  readonly otherAuthentication: boolean;
}

/** What .NET calls on premises what AWS calls the direction: the company is trusted where the directory trusts. */
const complements: Readonly<Record<Trust['direction'], Half['direction']>> = {
  'One-Way: Outgoing': 'Inbound',
  'One-Way: Incoming': 'Outbound',
  'Two-Way': 'Bidirectional',
};

const differing = (found: readonly string[], wanted: readonly string[]): string =>
  found.join(', ') === wanted.join(', ') ? '' : `${found.join(', ')} instead of ${wanted.join(', ')}`;

/** The company's half, beside what is asked for. Who is only trusted does not authenticate anybody selectively. */
export const halfOnPremises = (half: Half, trust: Trust, place: string, ours: boolean): FoundHalf => ({
  place,
  ours,
  differs: differing([half.type, half.direction], [trust.type, complements[trust.direction]]),
  otherAuthentication:
    half.direction !== 'Inbound' && half.selectiveAuthentication !== trust.selectiveAuthentication,
});

/** The directory's half, beside what is asked for. */
export const halfInAws = (found: TrustInAws, trust: Trust, place: string, ours: boolean): FoundHalf => ({
  place,
  ours,
  differs: differing(
    [found.TrustType ?? 'Forest', found.TrustDirection ?? ''],
    [trust.type, trust.direction],
  ),
  otherAuthentication:
    trust.direction !== 'One-Way: Incoming' &&
    (found.SelectiveAuth === 'Enabled') !== trust.selectiveAuthentication,
});

/** Whether AWS has nothing more to say of the trust: an incoming one is never verified and ends at Created. */
export const isStanding = ({ TrustState, TrustDirection }: TrustInAws): boolean =>
  TrustState === 'Verified' ||
  (TrustDirection === 'One-Way: Incoming' && (TrustState === 'Created' || TrustState === 'Updated'));
