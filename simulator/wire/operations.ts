import type { Handler } from '@smithy/types';

/** Who signed a call, and what for. */
export interface Call {
  /** The signing name: ds, rds, ec2, ... */
  readonly service: string;
  readonly operation: string;
  readonly accessKeyId: string;
}

type HandlerOf<Command> = Command extends new (
  input: never,
) => { resolveMiddleware(...given: never[]): Handler<infer Input, infer Output> }
  ? Input extends object
    ? (input: Input, call: Call) => Answer<Output> | Promise<Answer<Output>>
    : never
  : never;
type Answer<Output> = Omit<Output, '$metadata'>;

/** The operations of one AWS service that the simulator answers, typed by the SDK's own client package. */
export type Operations<ClientPackage> = {
  readonly [Name in keyof ClientPackage as Name extends `${infer Operation}Command`
    ? Operation
    : never]?: HandlerOf<ClientPackage[Name]>;
};
