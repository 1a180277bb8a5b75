import type { Directory, Trust, TrustState } from '../../../simulator/world/directories.ts';
import { refusing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';

export const directoryOf = ({ world }: Stage): Directory => {
  const [directory] = world.directories.all;
  if (directory === undefined) throw new RangeError('The world has no directory yet.');
  return directory;
};

export const unavailable = (operation: string) =>
  refusing(operation, 'DirectoryUnavailableException', 'The specified directory is unavailable.');

/** A trust with the company that Forestbridge did not make. */
export const placeTrust = (stage: Stage, difference: Partial<Trust> = {}): void => {
  const now = stage.world.clock.now();
  directoryOf(stage).trusts.push({
    trustId: 't-0fedcba987',
    remoteDomainName: stage.request.onPremises.domainName,
    direction: 'One-Way: Outgoing',
    type: 'Forest',
    createdAt: now,
    changedAt: now,
    selectiveAuthentication: false,
    password: 'Somebody-elses-1',
    state: 'Verified',
    reason: null,
    ...difference,
  });
};

export const set =
  (state: TrustState, reason: string | null = null) =>
  (stage: Stage) => {
    for (const trust of directoryOf(stage).trusts) {
      trust.state = state;
      trust.reason = reason;
      trust.changedAt = stage.world.clock.now();
    }
  };

export const isGone = (stage: Stage): void => void directoryOf(stage).trusts.splice(0);
