import type { Command } from '../simulator/world/commands.ts';
import type { World } from '../simulator/world/world.ts';

/** Seconds that AWS and the domain controller took for each thing of one provisioning. */
interface Durations {
  readonly firstCheck: number;
  readonly directory: number;
  /** Everything between the Active directory and the confirmed trust. */
  readonly trust: number;
  readonly database: number;
  readonly join: number;
  readonly reboot: number;
}

/** Seconds of the same provisioning, in three orders of its steps. */
export interface Chains {
  readonly longestChain: number;
  readonly oneAfterAnother: number;
  readonly databaseAfterDirectory: number;
}

const commandSeconds = ({ requestedAt, endedAt }: Command): number =>
  ((endedAt ?? requestedAt) - requestedAt) / 1000;

const durationsOf = ({ commands, directories, databases }: World, joinAskedAt: number): Durations => {
  const [directory] = directories.all;
  const [trust] = directory?.trusts ?? [];
  const [instance] = databases.all;
  const [first, ...others] = commands.all.map(commandSeconds);
  const eventAt = (message: string): number =>
    databases.events.find((event) => event.message === message)?.at ?? Number.NaN;
  if (directory === undefined || trust === undefined || instance === undefined)
    throw new Error('The execution made no directory, trust or instance to measure.');
  return {
    firstCheck: first ?? Number.NaN,
    directory: (directory.changedAt - directory.launchedAt) / 1000,
    trust: others.reduce((sum, seconds) => sum + seconds, (trust.changedAt - trust.createdAt) / 1000),
    database: (eventAt('Finished DB Instance backup') - instance.createdAt) / 1000,
    join: ((instance.membership?.decidedAt ?? Number.NaN) - joinAskedAt) / 1000,
    reboot: (eventAt('DB instance restarted') - eventAt('DB instance shutdown')) / 1000,
  };
};

/** What one provisioning would have taken without any waiting of ours, in three orders. */
export const chainsOf = (world: World, joinAskedAt: number): Chains => {
  const { firstCheck, directory, trust, database, join, reboot } = durationsOf(world, joinAskedAt);
  return {
    longestChain: firstCheck + Math.max(directory + trust, Math.max(directory, database) + join + reboot),
    oneAfterAnother: firstCheck + directory + trust + database + join + reboot,
    databaseAfterDirectory: firstCheck + directory + Math.max(trust, database),
  };
};
