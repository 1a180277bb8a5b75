import { type FunctionName, functions } from '../functions/functions.ts';

/** The functions by their names, each with the names of what it reads from its environment. */
export type Reads = ReadonlyMap<FunctionName, readonly string[]>;

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);

/** Asks each step itself, so that no list can grow stale. */
export const readsOfFunctions = async (): Promise<Reads> => {
  const reads = new Map<FunctionName, readonly string[]>();
  for (const name of Object.keys(functions).filter(isFunctionName))
    reads.set(name, (await functions[name]()).settings);
  return reads;
};
