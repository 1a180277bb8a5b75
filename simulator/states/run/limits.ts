import { type Json, sizeOf } from '../data/json.ts';
import { Failure } from './failure.ts';

const mostBytes = 262_144;
const mostBytesOfVariables = 10 * 1024 * 1024;

const exceeded = (what: string): Failure => new Failure('States.DataLimitExceeded', what);

/** Refuses data of a state that is larger than AWS hands on. */
export const withinDataLimit = (value: Json, of: string): Json => {
  if (sizeOf(value) <= mostBytes) return value;
  throw exceeded(
    `The state/task '${of}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
};

/** Refuses variables that are larger, together or with those that are there, than AWS keeps. */
export const withinVariableLimit = (assigned: Readonly<Record<string, Json>>, kept: number): void => {
  const size = Object.values(assigned).reduce<number>((sum, value) => sum + sizeOf(value), 0);
  if (size > mostBytes)
    throw exceeded('The variables assigned by one state exceed the maximum size of 256 KiB.');
  if (size + kept > mostBytesOfVariables)
    throw exceeded('The variables of the execution exceed the maximum size of 10 MiB.');
};
