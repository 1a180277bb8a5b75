import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { z } from 'zod';
import { named } from './aws-errors.ts';
import { InvalidRequest, type StepErrorClass } from './errors.ts';
import type { ClientConfiguration, Runtime } from './runtime.ts';

type Tools<Clients, Settings extends z.ZodObject> = Clients &
  Pick<Runtime, 'now' | 'connect' | 'put' | 'log'> & { readonly settings: z.output<Settings> };

interface Definition<
  Input extends z.ZodType,
  Output extends z.ZodType,
  Clients,
  Settings extends z.ZodObject,
> {
  readonly name: string;
  /** What the state machine passes. */
  readonly input: Input;
  /** What the state machine gets back. */
  readonly output: Output;
  /** What the step reads from its environment. */
  readonly settings: Settings;
  /** The SDK clients that the step calls: what is not named here is not in its bundle. */
  clients(configuration: ClientConfiguration): Clients;
  /** What an error of AWS becomes that no better name fits. */
  readonly fails: StepErrorClass;
  run(input: z.output<Input>, tools: Tools<Clients, Settings>): Promise<z.input<Output>>;
}

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** A step that does not yet know whether it runs in Lambda or in a simulated account. */
export interface Step {
  readonly name: string;
  /** The names of what it reads from its environment. */
  readonly settings: readonly string[];
  bind(runtime: Runtime): Handler;
}

const read = <Input extends z.ZodType>(input: Input, event: unknown, name: string): z.output<Input> => {
  const parsed = input.safeParse(event);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  throw new InvalidRequest(`${name} cannot read its input: ${problems.join('; ')}.`);
};

/**
 * The one wrapper of every function: parses the input, hands over clients, settings and clock, gives AWS's errors
 * their names, checks the output and logs the end. A NotReady is no error, so it is logged at debug level.
 */
export const step = <
  Input extends z.ZodType,
  Output extends z.ZodType,
  Clients,
  Settings extends z.ZodObject,
>(
  definition: Definition<Input, Output, Clients, Settings>,
): Step => ({
  name: definition.name,
  settings: Object.keys(definition.settings.shape),
  bind({ clientConfiguration, environment, now, connect, put, log }) {
    const { name } = definition;
    const tools = {
      ...definition.clients(clientConfiguration),
      settings: definition.settings.parse(environment),
      now,
      connect,
      put,
      log,
    };
    const run = async (event: unknown): Promise<unknown> =>
      definition.output.parse(await definition.run(read(definition.input, event, name), tools));
    const handler = middy()
      .after(() => log.info(`${name} is done`, { step: name }))
      .onError((request) => {
        const error = named(request.error, definition.fails);
        const fields = { step: name, error: error.name, reason: error.message };
        if (error.name === 'NotReady') log.debug(`${name} waits`, fields);
        else log.error(`${name} failed`, fields);
        throw error;
      })
      .handler(run);
    return async (event, context) => handler(event, context);
  },
});
