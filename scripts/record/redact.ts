import { isArray, isObject, type Json, parseJson, toJson } from '../../simulator/states/data/json.ts';

/** What stands in a recording where a password was. */
export const placeholder = '(a password)';

/** The members of AWS's inputs and outputs that are passwords, and those that have one inside. */
const passwords = new Set(['Password', 'TrustPassword', 'MasterUserPassword', 'RandomPassword']);
const secrets = new Set(['SecretString', 'SecretBinary']);

const parsed = (text: string): Json | undefined => {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
};

/** Takes passwords out, and remembers them so that none is left anywhere else. */
export class Redaction {
  readonly #seen = new Set<string>();

  /** The value with a placeholder for every password in it. */
  of(value: Json): Json {
    if (isArray(value)) return value.map((item) => this.of(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, this.#member(name, toJson(each) ?? null)]),
    );
  }

  /** Throws where a password that was taken out somewhere stands somewhere else. */
  check(text: string): void {
    if ([...this.#seen].some((password) => text.includes(password)))
      throw new Error('A password is left in the recording; nothing was written.');
  }

  #member(name: string, value: Json): Json {
    if (typeof value !== 'string') return this.of(value);
    if (passwords.has(name)) return this.#taken(value);
    return secrets.has(name) ? this.#secret(value) : value;
  }

  /** Secrets are JSON objects with a password in them; the other members are no secret. */
  #secret(text: string): string {
    const value = parsed(text);
    if (!isObject(value)) return this.#taken(text);
    const { password, ...others } = value;
    if (typeof password !== 'string') return text;
    return JSON.stringify({ ...others, password: this.#taken(password) });
  }

  #taken(password: string): string {
    if (password !== '' && password !== placeholder) this.#seen.add(password);
    return placeholder;
  }
}
