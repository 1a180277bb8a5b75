import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Guard } from './policies/guard.ts';
import { services } from './services/services.ts';
import { signedUrls } from './services/signed-urls.ts';
import { stepFunctions } from './services/step-functions.ts';
import { SqlServers } from './sql-servers.ts';
import type { Executions } from './states/executions.ts';
import type { Caller } from './states/run/visit.ts';
import { Endpoint, type EndpointOptions } from './wire/endpoint.ts';
import { type Listening, listen } from './wire/listen.ts';
import { ServiceError } from './wire/service-error.ts';
import type { World } from './world/world.ts';

type Around = NonNullable<EndpointOptions['around']>;

/** What a function of the account runs on: the world's time, its calls, and the way to its databases. */
export interface Surface {
  readonly requestHandler: ReturnType<Endpoint['requestHandler']>;
  readonly region: string;
  readonly now: () => Date;
  readonly connect: (host: string, port: number) => Promise<Socket>;
  /** A file with the certificates of the authorities that the world's databases are signed by. */
  readonly certificateFile: string;
}

export type RunFunction = (name: string, payload: unknown, surface: Surface) => Promise<unknown>;

/** A simulated AWS account: a world behind AWS's own protocols, with functions and workflows in it. */
export class Account {
  readonly world: World;
  readonly endpoint: Endpoint;
  readonly executions: Executions;
  readonly sqlServers: SqlServers;
  /** What its functions run on. */
  readonly surface: Surface;
  /** How often a function was called. */
  invocations = 0;
  readonly #run: RunFunction;
  readonly #guard: Guard | undefined;
  readonly #folder: string;
  #concluding: Promise<unknown> = Promise.resolve();
  #signedUrls: Promise<Listening> | null = null;

  /** Everybody may do everything, unless a guard decides. */
  constructor(world: World, run: RunFunction, around: Around = plain, guard?: Guard) {
    this.world = world;
    this.#run = run;
    this.#guard = guard;
    this.#folder = mkdtempSync(join(tmpdir(), 'forestbridge-'));
    const certificateFile = join(this.#folder, 'certificates.pem');
    this.sqlServers = new SqlServers(world);
    writeFileSync(certificateFile, this.sqlServers.certificatePem);
    const invoke = (name: string, payload: unknown): Promise<unknown> => this.invoke(name, payload);
    const states = stepFunctions(
      world,
      (name, payload, machine) => this.#invokeFor(machine, name, payload),
      (detail) => this.#statusChanged(detail),
    );
    this.executions = states.executions;
    this.endpoint = new Endpoint(services(world, states.operations, invoke), {
      around: (call, answer) =>
        around(call, async () => {
          guard?.call(call, world);
          return answer();
        }),
    });
    this.surface = {
      requestHandler: this.endpoint.requestHandler(),
      region: world.region,
      now: () => new Date(world.clock.now()),
      connect: (host, port) => this.sqlServers.connect(host, port),
      certificateFile,
    };
    world.stacks.urls.answeredAt(async () => {
      this.#signedUrls ??= listen(signedUrls(world.stacks.urls), 0);
      return (await this.#signedUrls).url;
    });
    world.stacks.deliverBy(async (functionArn, event, roleArn) => {
      guard?.customResource(roleArn, functionArn);
      void this.#invokeLater(functionArn.replace(/^.*:function:/, ''), event);
    });
  }

  /** Runs a function; its error is the function's own. */
  invoke(name: string, payload: unknown): Promise<unknown> {
    this.invocations += 1;
    return this.world.clock.busy(() => this.#run(name, payload, this.surface));
  }

  /** Resolves once that execution has ended and was concluded. */
  async concluded(executionArn: string): Promise<void> {
    await this.executions.ended(executionArn);
    await this.#concluding;
  }

  async close(): Promise<void> {
    await this.sqlServers.close();
    await (await this.#signedUrls)?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Calls a function for a workflow, as its role, which Lambda may refuse. */
  async #invokeFor(machine: Caller, name: string, payload: unknown): Promise<unknown> {
    try {
      this.#guard?.task(machine, name, this.world.region);
    } catch (error) {
      throw error instanceof ServiceError ? new RefusedByLambda(error) : error;
    }
    return this.invoke(name, payload);
  }

  /** EventBridge's rule: every status by which an execution has ended. */
  #statusChanged(detail: { readonly status: string }): void {
    if (detail.status === 'RUNNING') return;
    const event = {
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      time: new Date(this.world.clock.now()).toISOString(),
      region: this.world.region,
      account: this.world.accountId,
      detail,
    };
    this.#concluding = this.#concluding.then(() => this.#invokeLater('conclude', event));
  }

  /** Lambda repeats what it was asked for asynchronously and what failed: after a minute, and after two more. */
  async #invokeLater(name: string, event: object): Promise<void> {
    for (const pause of [60_000, 120_000, null])
      try {
        return void (await this.invoke(name, event));
      } catch (error) {
        if (pause === null) return console.error(`${name} failed:`, error);
        await this.world.clock.sleep(pause);
      }
  }
}

const plain: Around = (_call, answer) => answer();

/** A denial, as Step Functions tells of it. */
class RefusedByLambda extends Error {
  override readonly name = 'Lambda.AWSLambdaException';

  constructor({ message, status, code }: ServiceError) {
    super(`${message} (Service: Lambda, Status Code: ${status}, Error Code: ${code})`);
  }
}
