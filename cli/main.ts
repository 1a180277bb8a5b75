import { parseArgs } from 'node:util';
import { type Outcome, refusedOutcome } from './outcome.ts';
import { Refused, readRequest } from './request-file.ts';
import { summary } from './summary.ts';
import { type CommandName, isCommandName, overview, usages } from './usage.ts';
import type { Screen } from './words.ts';

/** The command was called in a way that it does not know. */
class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

const options = {
  help: { type: 'boolean' },
  json: { type: 'boolean' },
  seed: { type: 'string' },
  break: { type: 'string', multiple: true },
  'world-file': { type: 'string' },
  'world-from': { type: 'string', multiple: true },
  'state-machine': { type: 'string' },
  watch: { type: 'boolean' },
  port: { type: 'string' },
  speed: { type: 'string' },
} as const;

const taken: Record<CommandName, readonly (keyof typeof options)[]> = {
  simulate: ['help', 'json', 'seed', 'break', 'world-file'],
  start: ['help', 'json', 'state-machine', 'watch'],
  explain: ['help', 'json'],
  simulator: ['help', 'port', 'speed', 'seed', 'world-from'],
};

const example = new URL('../events/requests/one-way-forest.json', import.meta.url);

const stdout = (): Screen => ({
  isTerminal: process.stdout.isTTY === true && process.env['TERM'] !== 'dumb',
  width: Math.min(process.stdout.columns ?? 100, 110),
  write: (text) => void process.stdout.write(text),
});

const parse = (command: CommandName, args: readonly string[]) => {
  const known = Object.fromEntries(taken[command].map((name) => [name, options[name]]));
  try {
    // Parsed twice: strictly by what this command takes, then with the types of all options.
    parseArgs({ args: [...args], options: known, allowPositionals: true });
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
};

/** A whole number of an option. */
const whole = (text: string | undefined, name: string, fallback: number, most: number): number => {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most)
    throw new WrongUsage(`--${name} takes a whole number up to ${most}, not '${text}'.`);
  return value;
};

const one = (positionals: readonly string[], what: string): string => {
  const [value, ...rest] = positionals;
  if (value === undefined) throw new WrongUsage(`${what} is missing.`);
  if (rest.length > 0) throw new WrongUsage(`Only one ${what} is taken, not also '${rest[0]}'.`);
  return value;
};

const finish = (outcome: Outcome, json: boolean, screen: Screen): number => {
  if (json) screen.write(`${JSON.stringify(outcome)}\n`);
  else if (outcome.status === 'REFUSED') process.stderr.write(`${outcome.cause}\n`);
  else screen.write(summary(outcome, screen));
  return outcome.status === 'SUCCEEDED' || outcome.status === 'RUNNING' ? 0 : 1;
};

type Values = ReturnType<typeof parse>['values'];

const runSimulate = async (values: Values, positionals: readonly string[]): Promise<number> => {
  const screen = stdout();
  const file = positionals.length === 0 ? example.pathname : one(positionals, 'REQUEST');
  const seed = whole(values.seed, 'seed', 1, 2 ** 32 - 1);
  const breaks = values.break ?? [];
  const { breakDescriptions, isBreakName } = await import('../simulator/world/breaks.ts');
  if (breaks.includes('list')) {
    for (const [name, description] of breakDescriptions) screen.write(`${name.padEnd(22)} ${description}\n`);
    return 0;
  }
  const known = breaks.filter(isBreakName);
  const unknown = breaks.find((name) => !isBreakName(name));
  if (unknown !== undefined)
    throw new WrongUsage(
      `--break knows no '${unknown}'; forestbridge simulate --break list prints what it knows.`,
    );
  const json = values.json === true;
  const request = await readRequest(file);
  const { simulate } = await import('./simulate.ts');
  return finish(await simulate(request, { seed, breaks: known, screen: json ? null : screen }), json, screen);
};

const runStart = async (values: Values, positionals: readonly string[]): Promise<number> => {
  const stateMachineArn = values['state-machine'];
  if (stateMachineArn === undefined) throw new WrongUsage('--state-machine is missing.');
  const screen = stdout();
  const json = values.json === true;
  const request = await readRequest(one(positionals, 'REQUEST'));
  const { start } = await import('./start.ts');
  const watched = values.watch === true;
  return finish(await start(request, stateMachineArn, watched, json ? null : screen), json, screen);
};

const runExplain = async (values: Values, positionals: readonly string[]): Promise<number> => {
  const screen = stdout();
  const executionArn = one(positionals, 'EXECUTION');
  const { remoteOutcome } = await import('./start.ts');
  return finish(await remoteOutcome(executionArn), values.json === true, screen);
};

const runSimulator = async (values: Values): Promise<number> => {
  const { simulator } = await import('./simulator.ts');
  return simulator({
    port: whole(values.port, 'port', 4566, 65_535),
    speed: whole(values.speed, 'speed', 1, 1_000_000),
    seed: whole(values.seed, 'seed', 1, 2 ** 32 - 1),
    requests: await Promise.all((values['world-from'] ?? []).map(readRequest)),
  });
};

const run = async (command: CommandName, args: readonly string[]): Promise<number> => {
  const { values, positionals } = parse(command, args);
  if (values.help === true) {
    process.stdout.write(`${usages[command]}\n`);
    return 0;
  }
  if (command === 'simulate') return runSimulate(values, positionals);
  if (command === 'start') return runStart(values, positionals);
  if (command === 'explain') return runExplain(values, positionals);
  return runSimulator(values);
};

/** Runs the command line; returns the exit status. */
export const main = async ([command = '--help', ...args]: readonly string[]): Promise<number> => {
  if (command === '--help' || command === 'help') {
    process.stdout.write(`${overview}\n`);
    return 0;
  }
  try {
    if (!isCommandName(command)) throw new WrongUsage(`There is no command '${command}'.`);
    return await run(command, args);
  } catch (error) {
    if (error instanceof Refused)
      return finish(refusedOutcome(error.message), args.includes('--json'), stdout());
    if (!(error instanceof WrongUsage)) throw error;
    const usage = isCommandName(command)
      ? usages[command].split('\n')[0]
      : 'forestbridge COMMAND, see --help';
    process.stderr.write(`${error.message}\nUsage: ${usage}\n`);
    return 2;
  }
};
