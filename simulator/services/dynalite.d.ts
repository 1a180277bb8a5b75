declare module 'dynalite' {
  /** How long tables stay in each state, in milliseconds. */
  interface Options {
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }

  /** An HTTP server that need not listen: it answers requests that are emitted. */
  interface Dynalite {
    emit(event: 'request', request: object, response: object): boolean;
  }

  export default function dynalite(options: Options): Dynalite;
}
