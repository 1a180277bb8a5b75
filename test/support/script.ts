/** What was recorded, one after the other; whatever does not follow it is a problem that outlives its being caught. */
export class Script<Entry> {
  readonly #kind: string;
  readonly #entries: readonly Entry[];
  readonly #nameOf: (entry: Entry) => string;
  #position = 0;
  #problem: Error | null = null;

  constructor(kind: string, entries: readonly Entry[], nameOf: (entry: Entry) => string) {
    this.#kind = kind;
    this.#entries = entries;
    this.#nameOf = nameOf;
  }

  /** The entry whose turn it is. Throws where another one came, or this one with something else. */
  next(name: string, compare: (expected: Entry) => readonly string[]): Entry {
    this.#position += 1;
    const expected = this.#entries[this.#position - 1];
    const came = `${this.#kind} ${this.#position}, ${name}`;
    if (expected === undefined) throw this.fail(`The ${came}, was not recorded.`);
    if (this.#nameOf(expected) !== name)
      throw this.fail(`The ${came}, came instead of the recorded ${this.#nameOf(expected)}.`);
    const differing = compare(expected);
    if (differing.length > 0) throw this.fail(`The ${came}, has ${differing.join('; ')}.`);
    return expected;
  }

  fail(message: string): Error {
    this.#problem ??= new Error(message);
    return this.#problem;
  }

  /** Throws the first problem, or names what was recorded and did not come. */
  finish(): void {
    if (this.#problem !== null) throw this.#problem;
    const left = this.#entries.slice(this.#position).map(this.#nameOf);
    if (left.length > 0)
      throw new Error(
        `Recorded after ${this.#kind} ${this.#position}, and did not come: ${left.join(', ')}.`,
      );
  }
}
