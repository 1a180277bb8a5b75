/** A state machine that cannot be run as it is written; lists every problem with its path. */
export class InvalidDefinition extends Error {
  override readonly name = 'InvalidDefinition';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The state machine's definition is not valid: ${problems.join('; ')}`);
    this.problems = problems;
  }
}
