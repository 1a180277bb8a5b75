import { type Json, sizeOf } from '../data/json.ts';
import type { Block } from '../definition/schema.ts';
import { withinVariableLimit } from './limits.ts';

/**
 * Where one line of states stands: kept while it runs and after it failed, so that running it again is a redrive.
 */
export class Scope {
  readonly block: Block;
  readonly outer: Scope | undefined;
  /** The item it runs for, in a Map. */
  readonly item: { readonly Index: number; readonly Value: Json } | undefined;
  readonly #variables = new Map<string, Json>();
  position: string;
  input: Json;
  /** Its result, once it has come to its end. */
  output: Json | undefined;
  /** The branches or iterations of the state it stands in. */
  children: readonly Scope[] | undefined;

  constructor(block: Block, input: Json, outer?: Scope, item?: Scope['item']) {
    this.block = block;
    this.input = input;
    this.outer = outer;
    this.item = item ?? outer?.item;
    this.position = block.StartAt;
  }

  /** Every variable that can be read here; the inner ones hide the outer ones. */
  get variables(): Readonly<Record<string, Json>> {
    return { ...this.outer?.variables, ...Object.fromEntries(this.#variables) };
  }

  assign(assigned: Readonly<Record<string, Json>>): void {
    for (const [name, value] of Object.entries(assigned)) this.#variables.set(name, value);
  }

  /** Throws where that assignment would be more than AWS keeps. */
  checkRoomFor(assigned: Readonly<Record<string, Json>>): void {
    const kept = Object.entries(this.variables).filter(([name]) => !Object.hasOwn(assigned, name));
    withinVariableLimit(
      assigned,
      kept.reduce((sum, [, value]) => sum + sizeOf(value), 0),
    );
  }
}
