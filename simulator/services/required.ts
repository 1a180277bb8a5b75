import { ServiceError } from '../wire/service-error.ts';

/** A member that the operation's model requires; the wire lets none through without it. */
export const required = <Value>(value: Value | undefined, member: string): Value => {
  if (value === undefined) throw new ServiceError('ValidationException', `The member ${member} is required.`);
  return value;
};
