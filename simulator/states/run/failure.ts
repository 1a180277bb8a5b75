/** An error as the States Language knows it: a name that Retry and Catch match, and a cause. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly error: string;
  /** AWS gives none to a timeout. */
  readonly reason: string | undefined;
  /** Further names that match it: a missed heartbeat is a kind of timeout. */
  readonly aliases: readonly string[];

  constructor(error: string, reason: string | undefined, aliases: readonly string[] = []) {
    super(`${error}: ${reason ?? ''}`);
    this.error = error;
    this.reason = reason;
    this.aliases = aliases;
  }
}

/** Why a state is given up that has not failed itself: a sibling has, or the execution has been ended. */
export class Aborted extends Error {
  override readonly name = 'Aborted';
  /** The event of the sibling's failure; undefined where the whole execution has been ended. */
  readonly after: number | undefined;

  constructor(after?: number) {
    super('The state was aborted.');
    this.after = after;
  }
}

const terminal: ReadonlySet<string> = new Set(['States.Runtime', 'States.DataLimitExceeded']);

/** Whether an entry of Retry or Catch is meant for that failure. */
export const matches = (names: readonly string[], failure: Failure): boolean =>
  names.some((name) => {
    if (name === failure.error || failure.aliases.includes(name)) return true;
    if (terminal.has(failure.error)) return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && failure.error !== 'States.Timeout');
  });
