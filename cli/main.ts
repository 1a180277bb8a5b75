import { Arguments, WrongUsage } from './arguments.ts';
import { refusedOutcome } from './outcome.ts';
import { report } from './report.ts';
import { Refused } from './request-file.ts';
import { processShell, type Shell } from './shell.ts';
import { type CommandName, isCommandName, overview, usages } from './usage.ts';

const commands: Readonly<
  Record<CommandName, () => Promise<(args: Arguments, shell: Shell) => Promise<number>>>
> = {
  simulate: async () => (await import('./simulate.ts')).simulate,
  request: async () => (await import('./request.ts')).request,
  start: async () => (await import('./start.ts')).start,
  explain: async () => (await import('./explain.ts')).explain,
  simulator: async () => (await import('./simulator.ts')).simulator,
};

const noObject = 'The help is a text and no object. Leave out --json.';

/** Whether an object is asked for, be it in a wrong place or way; what stands after `--` is no option. */
const asksForJson = (args: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? args.length : end).some((arg) => /^--json(=|$)/.test(arg));
};

const run = async (name: CommandName, rest: readonly string[], shell: Shell): Promise<number> => {
  const args = new Arguments(name, rest);
  if (args.has('help')) {
    if (args.has('json')) throw new WrongUsage(noObject);
    shell.screen.write(`${usages[name]}\n`);
    return 0;
  }
  const command = await commands[name]();
  return command(args, shell);
};

/** Runs the command line; returns the exit status. */
export const main = async (args: readonly string[], shell: Shell = processShell()): Promise<number> => {
  const [name = '--help', ...rest] = args;
  const asJson = asksForJson(args);
  try {
    if (['--help', '-h', 'help'].includes(name)) {
      if (asJson) throw new WrongUsage(noObject);
      shell.screen.write(`${overview}\n`);
      return 0;
    }
    if (name.startsWith('--json')) throw new WrongUsage('Write --json behind the command.');
    if (!isCommandName(name))
      throw new WrongUsage(`There is no command '${name}'. There are ${Object.keys(usages).join(', ')}.`);
    return await run(name, rest, shell);
  } catch (error) {
    if (error instanceof Refused) return report(refusedOutcome(error.message), asJson, shell);
    if (asJson) report(refusedOutcome(error instanceof Error ? error.message : String(error)), true, shell);
    if (!(error instanceof WrongUsage)) throw error;
    const help = isCommandName(name) ? usages[name].split('\n')[0] : 'forestbridge COMMAND [options]';
    const more = isCommandName(name) ? `forestbridge ${name} --help` : 'forestbridge --help';
    shell.complain(`${error.message}\nUsage: ${help}\n${more} tells more.\n`);
    return 2;
  }
};
