declare module 'dynalite/db/index.js' {
  /** How long tables stay in each state, in milliseconds. */
  interface Options {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }

  /** The tables and what is in them. */
  export interface Store {
    /** The tables' descriptions by their names. */
    readonly tableDb: {
      put(name: string, table: object, done: (error: unknown) => void): void;
    };
  }

  export function create(options: Options): Store;
}

declare module 'dynalite/validations/index.js' {
  import type { Store } from 'dynalite/db/index.js';

  /** What an operation's request may say. */
  interface Validation {
    readonly types: object;
    readonly custom?: (data: object, store: Store) => string | undefined;
  }

  /** The request without what is unknown in it; throws where a type is wrong. */
  export function checkTypes(data: unknown, types: Validation['types']): object;

  /** Throws where the request is refused. */
  export function checkValidations(
    data: object,
    types: Validation['types'],
    custom: Validation['custom'],
    store: Store,
  ): void;
}
