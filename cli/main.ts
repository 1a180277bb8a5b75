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

const run = async (name: CommandName, rest: readonly string[], shell: Shell): Promise<number> => {
  const args = new Arguments(name, rest);
  if (args.has('help')) {
    shell.screen.write(`${usages[name]}\n`);
    return 0;
  }
  const command = await commands[name]();
  return command(args, shell);
};

/** Runs the command line; returns the exit status. */
export const main = async (
  [name = '--help', ...rest]: readonly string[],
  shell: Shell = processShell(),
): Promise<number> => {
  if (['--help', '-h', 'help'].includes(name)) {
    shell.screen.write(`${overview}\n`);
    return 0;
  }
  const asJson = rest.includes('--json');
  try {
    if (!isCommandName(name))
      throw new WrongUsage(`There is no command '${name}'. There are ${Object.keys(usages).join(', ')}.`);
    return await run(name, rest, shell);
  } catch (error) {
    if (error instanceof Refused) return report(refusedOutcome(error.message), asJson, shell);
    if (!(error instanceof WrongUsage)) throw error;
    if (asJson) report(refusedOutcome(error.message), true, shell);
    const help = isCommandName(name) ? usages[name].split('\n')[0] : 'forestbridge COMMAND [options]';
    const more = isCommandName(name) ? `forestbridge ${name} --help` : 'forestbridge --help';
    shell.complain(`${error.message}\nUsage: ${help}\n${more} tells more.\n`);
    return 2;
  }
};
