import type { NormalisedRequest } from '../functions/request/schema.ts';
import { type BreakName, breakDescriptions, isBreakName, lackedBy } from '../simulator/world/breaks.ts';
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

/** Refuses causes that the request does not depend on: it would succeed as if nothing were broken. */
export const checkBreaks = (breaks: readonly BreakName[], request: NormalisedRequest): void => {
  for (const name of breaks) {
    const lack = lackedBy(request, name);
    if (lack !== null)
      throw new WrongUsage(
        `To break ${name} has no effect on a request without a ${lack}. Leave it out, or name a request that has one.`,
      );
  }
};
