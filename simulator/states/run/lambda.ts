import { type Json, parseJson } from '../data/json.ts';
import { Failure } from './failure.ts';
import type { Run } from './visit.ts';

const copied = (value: unknown): Json => parseJson(JSON.stringify(value ?? null));

/** What Lambda makes of a function's error; an error of Lambda itself comes in plain words. */
const failureOf = (error: unknown): Failure => {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  if (name.startsWith('Lambda.')) return new Failure(name, message);
  return new Failure(name, JSON.stringify({ errorType: name, errorMessage: message, trace: [] }));
};

/** Calls a function while the clock stands still; the answer and the failure are those of lambda:invoke. */
export const invokeLambda = async (
  { host, machine }: Pick<Run, 'host' | 'machine'>,
  functionName: string,
  payload: Json,
): Promise<Json> => {
  try {
    const result = await host.clock.busy(() => host.invoke(functionName, payload, machine));
    return { ExecutedVersion: '$LATEST', Payload: copied(result), StatusCode: 200 };
  } catch (error) {
    throw failureOf(error);
  }
};
