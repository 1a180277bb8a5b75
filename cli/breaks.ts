import { type BreakName, breakDescriptions, isBreakName } from '../simulator/world/breaks.ts';
import { type Arguments, WrongUsage } from './arguments.ts';
import type { Screen } from './words.ts';

/** The causes that a command is to break. */
export const breaksOf = (args: Arguments): readonly BreakName[] =>
  args.all('break').map((name) => {
    if (isBreakName(name)) return name;
    throw new WrongUsage(`There is no cause '${name}' to break. --break list prints those that there are.`);
  });

/** Whether only the list of causes is asked for; then it is printed. */
export const listsBreaks = (args: Arguments, screen: Screen): boolean => {
  if (!args.all('break').includes('list')) return false;
  if (args.has('json')) throw new WrongUsage('--break list prints a list and no object. Leave out --json.');
  for (const [name, description] of breakDescriptions) screen.write(`${name.padEnd(22)} ${description}\n`);
  return true;
};
