import { parseArgs } from 'node:util';
import type { CommandName } from './usage.ts';

/** The command was called in a way that it does not know. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

const options = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  seed: { type: 'string' },
  break: { type: 'string' },
  'world-file': { type: 'string' },
  'world-from': { type: 'string' },
  'state-machine': { type: 'string' },
  via: { type: 'string' },
  watch: { type: 'boolean' },
  port: { type: 'string' },
  speed: { type: 'string' },
} as const;

type OptionName = keyof typeof options;
const isOptionName = (name: string): name is OptionName => Object.hasOwn(options, name);

const taken: Readonly<Record<CommandName, readonly OptionName[]>> = {
  simulate: ['help', 'json', 'seed', 'break', 'world-file'],
  request: ['help', 'json', 'seed', 'break', 'via'],
  start: ['help', 'json', 'state-machine', 'watch'],
  explain: ['help', 'json'],
  simulator: ['help', 'port', 'speed', 'seed', 'world-from'],
};
const repeatable = new Set<OptionName>(['break', 'world-from']);

interface Bounds {
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
}

/** What a command was called with, checked against what it takes. */
export class Arguments {
  readonly #positionals: string[] = [];
  readonly #values = new Map<OptionName, string[]>();

  constructor(command: CommandName, args: readonly string[]) {
    const { tokens } = parseArgs({
      args: [...args],
      options,
      strict: false,
      allowPositionals: true,
      tokens: true,
    });
    const allowed = taken[command];
    for (const token of tokens) {
      if (token.kind === 'positional') this.#positionals.push(token.value);
      if (token.kind !== 'option') continue;
      const { name, rawName, value, inlineValue } = token;
      if (!isOptionName(name) || !allowed.includes(name))
        throw new WrongUsage(
          `${command} takes no ${rawName}. It takes ${allowed.map((known) => `--${known}`).join(', ')}.`,
        );
      const takesValue = options[name].type === 'string';
      if (!takesValue && inlineValue === true) throw new WrongUsage(`${rawName} takes no value.`);
      if (takesValue && (value === undefined || value === '' || (value.startsWith('-') && !inlineValue)))
        throw new WrongUsage(`${rawName} needs a value.`);
      const before = this.#values.get(name) ?? [];
      if (takesValue && before.length > 0 && !repeatable.has(name))
        throw new WrongUsage(`${rawName} is given twice.`);
      this.#values.set(name, [...before, value ?? '']);
    }
  }

  has(name: OptionName): boolean {
    return this.#values.has(name);
  }

  text(name: OptionName): string | undefined {
    return this.#values.get(name)?.[0];
  }

  all(name: OptionName): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** The whole number of an option. */
  whole(name: OptionName, { fallback, least, most }: Bounds): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (!/^\d{1,10}$/.test(text) || value < least || value > most)
      throw new WrongUsage(`--${name} takes a whole number from ${least} to ${most}, not '${text}'.`);
    return value;
  }

  /** The one thing that stands without an option's name, or undefined. */
  optional(what: string): string | undefined {
    const [value, other] = this.#positionals;
    if (other !== undefined)
      throw new WrongUsage(`Only one ${what} is taken: '${value}', so not '${other}' too.`);
    return value;
  }

  required(what: string): string {
    const value = this.optional(what);
    if (value === undefined) throw new WrongUsage(`The ${what} is missing.`);
    return value;
  }

  /** For a command that takes options only. */
  nothingElse(): void {
    const [value] = this.#positionals;
    if (value !== undefined) throw new WrongUsage(`'${value}' is the value of no option.`);
  }
}
