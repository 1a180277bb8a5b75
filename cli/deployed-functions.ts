import { type FunctionName, functions } from '../functions/functions.ts';
import { put } from '../functions/support/put.ts';
import type { Log } from '../functions/support/runtime.ts';
import type { RunFunction, Surface } from '../simulator/account.ts';
import { FunctionNotFound } from '../simulator/services/lambda.ts';
import { lambdaContext } from './lambda-context.ts';
import { localClient } from './local-client.ts';
import { functionKey } from './signatures.ts';

type Handler = (event: unknown) => Promise<unknown>;
export type Environment = Readonly<Record<string, string>>;

const nothing = (): void => {};
const quiet: Log = { debug: nothing, info: nothing, error: nothing };
const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);

/** The functions of this deployment, bound once each to the account that calls them. */
export class DeployedFunctions {
  readonly #environmentOf: (name: string) => Environment;
  readonly #log: Log;
  readonly #handlers = new Map<string, Promise<Handler>>();

  constructor(environmentOf: (name: string) => Environment, log = quiet) {
    this.#environmentOf = environmentOf;
    this.#log = log;
  }

  readonly run: RunFunction = async (functionName, payload, surface) => {
    const handler = await this.#handler(functionName.replace(/^forestbridge-/, ''), surface);
    const result: unknown = await handler(JSON.parse(JSON.stringify(payload)));
    return JSON.parse(JSON.stringify(result));
  };

  /** Binds them all, as Lambda does before their first call. */
  async bindAll(surface: Surface): Promise<void> {
    await Promise.all(Object.keys(functions).map((name) => this.#handler(name, surface)));
  }

  #handler(name: string, surface: Surface): Promise<Handler> {
    const handler = this.#handlers.get(name) ?? this.#bind(name, surface);
    this.#handlers.set(name, handler);
    return handler;
  }

  async #bind(
    name: string,
    { requestHandler, region, now, connect, certificateFile }: Surface,
  ): Promise<Handler> {
    if (!isFunctionName(name)) throw new FunctionNotFound(lambdaContext(name).invokedFunctionArn);
    const step = await functions[name]();
    const handler = step.bind({
      clientConfiguration: localClient({ requestHandler, region }, functionKey(name)),
      environment: { ...this.#environmentOf(name), DATABASE_CA_FILE: certificateFile },
      now,
      connect,
      put,
      log: this.#log,
    });
    return (event) => handler(event, lambdaContext(name));
  }
}
