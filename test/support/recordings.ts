import { type FunctionName, functions } from '../../functions/functions.ts';

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);

/** The function that a recording is of. */
export const functionOf = (path: string): FunctionName => {
  const [, name = ''] = path.split('/');
  if (!isFunctionName(name)) throw new RangeError(`There is no function ${name}.`);
  return name;
};
