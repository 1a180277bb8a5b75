/** The errors a step may end with: a closed set, named by literals because a minifier renames classes. */

/** AWS is still working on it; the state's Retry asks again. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/** Something that this request made is to go first; the state's Catch has it removed and comes back. */
export class RemovalDue extends Error {
  override readonly name = 'RemovalDue';
}

/** The request cannot be carried out as it is written; the message lists every offending field. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
}

/** The request lies outside the configured connections, or AWS denied a call. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** A check before the first change found something that would make the provisioning fail. */
export class PreflightFailed extends Error {
  override readonly name = 'PreflightFailed';
}

/** The thing exists and differs in a way that must not be changed silently. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

export class DirectoryFailed extends Error {
  override readonly name = 'DirectoryFailed';
}

export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

export class TrustFailed extends Error {
  override readonly name = 'TrustFailed';
}

export class DatabaseFailed extends Error {
  override readonly name = 'DatabaseFailed';
}

export class DomainJoinFailed extends Error {
  override readonly name = 'DomainJoinFailed';
}

export class LoginFailed extends Error {
  override readonly name = 'LoginFailed';
}

/** AWS asked for fewer calls, or did not answer; the state's Retry calls the whole function again. */
export class Throttled extends Error {
  override readonly name = 'Throttled';
}

const classes = {
  NotReady,
  RemovalDue,
  InvalidRequest,
  Forbidden,
  PreflightFailed,
  Conflict,
  DirectoryFailed,
  CommandFailed,
  TrustFailed,
  DatabaseFailed,
  DomainJoinFailed,
  LoginFailed,
  Throttled,
};

export type StepErrorName = keyof typeof classes;
export type StepErrorClass = (typeof classes)[StepErrorName];
export type StepError = InstanceType<StepErrorClass>;

/** The closed set, by name. */
export const stepErrorNames: readonly string[] = Object.keys(classes);

export const isStepErrorName = (name: string): name is StepErrorName => Object.hasOwn(classes, name);

export const isStepError = (error: unknown): error is StepError =>
  error instanceof Error && isStepErrorName(error.name);

/** The error of that name, as it was thrown before. */
export const stepError = (name: StepErrorName, message: string): StepError => new classes[name](message);
