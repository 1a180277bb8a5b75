import type { Handler } from '@smithy/types';
import type { World } from '../world/world.ts';
import type { Access } from './access.ts';

/** Where a call is made. */
export interface Surroundings {
  readonly world: World;
  /** The customer's key for the ledger, the topics and the state machines; null where they have none. */
  readonly keyArn: string | null;
}

type InputOf<Command> = Command extends new (
  input: never,
) => { resolveMiddleware(...given: never[]): Handler<infer Input, infer _Output> }
  ? Input
  : never;

/** What the operations of a service need, typed by the SDK's own client package. */
export type Rows<ClientPackage> = {
  readonly [Name in keyof ClientPackage as Name extends `${infer Operation}Command` ? Operation : never]?: (
    input: InputOf<ClientPackage[Name]>,
    at: Surroundings,
  ) => readonly Access[];
};

/** What of an operation's rights AWS does not say clearly, and what is asked for instead. */
export interface Doubt {
  /** Such as `ds:CreateMicrosoftAD`. */
  readonly operation: string;
  readonly why: string;
}
