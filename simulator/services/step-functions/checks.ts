import { type Json, parseJson } from '../../states/data/json.ts';
import { InvalidDefinition } from '../../states/definition/invalid-definition.ts';
import { ServiceError } from '../../wire/service-error.ts';

const mostBytes = 262_144;
const illegal = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Refuses what AWS allows neither a state machine nor an execution to be called. */
export const checkName = (name: string): void => {
  if (name.length < 1 || name.length > 80 || illegal.test(name))
    throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
};

export const checkArn = (arn: string): void => {
  if (!arn.startsWith('arn:'))
    throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
};

export const checkOneOf = (value: string | undefined, member: string, values: readonly string[]): void => {
  if (value !== undefined && !values.includes(value))
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
    );
};

/** The JSON in a member of a request; refuses what is too large, or is none. */
export const jsonIn = (text: string, member: string, refuse: (reason: string) => ServiceError): Json => {
  if (Buffer.byteLength(text) > mostBytes)
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${mostBytes}`,
    );
  try {
    return parseJson(text);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
};

/** Tells a client of a definition that cannot be run. */
export const refusingInvalid = <Result>(register: () => Result): Result => {
  try {
    return register();
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    throw new ServiceError(
      'InvalidDefinition',
      `Invalid State Machine Definition: '${error.problems.join(', ')}'`,
    );
  }
};
