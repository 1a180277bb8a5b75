import type { Clock } from '../../world/clock.ts';
import type { Random } from '../../world/random.ts';
import { compiled } from './compiled.ts';
import { functions } from './functions.ts';
import { isArray, isObject, type Json, toJson } from './json.ts';

/** A JSONata expression that failed, with the field of the state it stands in. */
export class QueryFailed extends Error {
  override readonly name = 'QueryFailed';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

const delimited = /^\{%([\s\S]*)%\}$/;

/** The JSONata inside `{% %}`, or undefined for a text that means itself. */
export const expressionIn = (text: string): string | undefined => delimited.exec(text)?.[1]?.trim();

const describe = (error: unknown): string => {
  if (!isObject(error)) return String(error);
  return typeof error.code === 'string' ? `${error.code}: ${String(error.message)}` : String(error.message);
};

/** Evaluates the JSONata in a state's fields, by the time and the chance of a world. */
export class Evaluator {
  readonly #functions: Readonly<Record<string, unknown>>;

  constructor(clock: Pick<Clock, 'now'>, random: Random) {
    this.#functions = functions(clock, random);
  }

  /** The template with every expression in it replaced by its value. */
  async evaluate(template: Json, field: string, bindings: Readonly<Record<string, unknown>>): Promise<Json> {
    if (typeof template === 'string') {
      const expression = expressionIn(template);
      return expression === undefined ? template : this.#value(expression, field, bindings);
    }
    // One after the other, so that a seed always draws the same numbers.
    if (isArray(template)) {
      const items: Json[] = [];
      for (const item of template)
        items.push(await this.evaluate(item, `${field}[${items.length}]`, bindings));
      return items;
    }
    if (typeof template !== 'object' || template === null) return template;
    const entries: [string, Json][] = [];
    for (const [key, value] of Object.entries(template))
      entries.push([key, await this.evaluate(value, `${field}/${key}`, bindings)]);
    return Object.fromEntries(entries);
  }

  async #value(
    expression: string,
    field: string,
    bindings: Readonly<Record<string, unknown>>,
  ): Promise<Json> {
    const where = `The JSONata expression '${expression}' specified for the field '${field}'`;
    let value: Json | undefined;
    try {
      const result: unknown = await compiled(expression).evaluate(undefined, {
        ...this.#functions,
        ...bindings,
      });
      value = toJson(result);
    } catch (error) {
      throw new QueryFailed(field, `${where} threw an error during evaluation. ${describe(error)}`);
    }
    if (value === undefined) throw new QueryFailed(field, `${where} returned nothing (undefined).`);
    return value;
  }
}
