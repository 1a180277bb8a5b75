import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { simulation } from '../cli/simulation.ts';
import { benchBundles } from './bundles.ts';
import { type Chains, chainsOf } from './chain.ts';

const example = new URL('../events/requests/one-way-forest.json', import.meta.url);
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [, ...start] = String(scripts.start).split(' ');
const folder = fileURLToPath(new URL('..', import.meta.url));
const request = JSON.parse(readFileSync(example, 'utf8'));

interface Run extends Chains {
  readonly virtualSeconds: number;
  readonly transitions: number;
  readonly milliseconds: number;
}

const runOnce = async (seed: number): Promise<Run> => {
  const simulated = await simulation(request, seed);
  const { account } = simulated;
  const { world } = account;
  let joinAskedAt = Number.NaN;
  const started = performance.now();
  const execution = simulated.begin();
  const { memberships } = world.databases;
  const join = memberships.join.bind(memberships);
  memberships.join = (...asked) => {
    joinAskedAt = world.clock.now();
    join(...asked);
  };
  await account.executions.ended(execution.arn);
  const milliseconds = performance.now() - started;
  await account.concluded(execution.arn);
  const { status, stoppedAt = execution.startedAt, cause } = execution.standing;
  if (status !== 'SUCCEEDED') throw new Error(`Seed ${seed} ended ${status}: ${cause}`);
  await account.close();
  const virtualSeconds = (stoppedAt - execution.startedAt) / 1000;
  return {
    ...chainsOf(world, joinAskedAt),
    virtualSeconds,
    transitions: execution.transitions,
    milliseconds,
  };
};

const sorted = (values: readonly number[]): readonly number[] => values.toSorted((one, other) => one - other);
const at = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const row = (name: string, values: readonly number[], digits = 0, unit = ''): void => {
  const figures = [0, 0.5, 0.99, 1].map((share) => at(values, share).toFixed(digits).padStart(9));
  console.log(`${name.padEnd(58)}${figures.join('')} ${unit}`);
};
const title = (text: string): void =>
  console.log(
    `\n${text.padEnd(58)}${['min', 'median', '99 %', 'max'].map((name) => name.padStart(9)).join('')}`,
  );

/** Reports a process's peak memory, in KiB, and the milliseconds that its execution took, as the last line of its standard error. */
const reporter = `data:text/javascript,${encodeURIComponent(
  "import { readFileSync } from 'node:fs'; process.on('exit', () => console.error(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1], performance.getEntriesByName('execution')[0].duration));",
)}`;

/** Wall time, execution and memory of what `npm start` starts, several times. */
const processes = (runs: number): void => {
  const walls: number[] = [];
  const executions: number[] = [];
  const memories: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    const { stderr, status } = spawnSync(process.execPath, ['--import', reporter, ...start, '--json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`npm start ended with ${status}: ${stderr}`);
    walls.push((performance.now() - started) / 1000);
    const [memory, execution] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    executions.push((execution ?? Number.NaN) / 1000);
    memories.push((memory ?? Number.NaN) / 1024);
  }
  title(`npm start, ${runs} times`);
  row('wall time', walls, 2, 's');
  row('of which the execution', executions, 2, 's');
  row('peak memory', memories, 0, 'MiB');
};

const [given = '1000'] = process.argv.slice(2);
const seeds = Number(given);
if (!Number.isInteger(seeds) || seeds < 1) {
  console.error('npm run bench -- SEEDS: SEEDS says in how many worlds the example runs, 1000 if left out.');
  process.exit(given === '--help' ? 0 : 2);
}
processes(10);
const runs: Run[] = [];
for (let seed = 1; seed <= seeds; seed += 1) runs.push(await runOnce(seed));
const [first] = runs;
console.log(
  `\nThe example, seed 1: ${first?.transitions} state transitions, ${first?.virtualSeconds.toFixed(0)} s of virtual time`,
);
title(`The example's execution, ${seeds} seeds`);
row(
  'real time',
  runs.map(({ milliseconds }) => milliseconds),
  0,
  'ms',
);
row(
  'state transitions',
  runs.map(({ transitions }) => transitions),
);
row(
  'virtual time',
  runs.map(({ virtualSeconds }) => virtualSeconds),
  0,
  's',
);
row(
  'longest chain of what AWS takes',
  runs.map(({ longestChain }) => longestChain),
  0,
  's',
);
row(
  'steps one after another',
  runs.map(({ oneAfterAnother }) => oneAfterAnother),
  0,
  's',
);
row(
  'database waits for the directory',
  runs.map(({ databaseAfterDirectory }) => databaseAfterDirectory),
  0,
  's',
);
row(
  'virtual time / longest chain',
  runs.map((run) => run.virtualSeconds / run.longestChain),
  3,
);
row(
  'virtual time / one after another',
  runs.map((run) => run.virtualSeconds / run.oneAfterAnother),
  3,
);
row(
  'virtual time / database waits',
  runs.map((run) => run.virtualSeconds / run.databaseAfterDirectory),
  3,
);
await benchBundles(31);
