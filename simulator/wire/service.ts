import { NormalizedSchema } from '@smithy/core/schema';
import { Model } from './model.ts';
import type { Call, Operations } from './operations.ts';
import { type Operation, type Problem, problemOf } from './protocol.ts';
import { ServiceError } from './service-error.ts';

/** A service as an endpoint sees it, whatever its types are inside. */
export interface Service {
  readonly signingName: string;
  operation(name: string): Operation | undefined;
  operations(): readonly Operation[];
  /** Input has been read by the operation's schema, output is written by it. */
  answer(call: Call, input: unknown): Promise<unknown>;
  problem(error: ServiceError): Problem;
}

type Handler = (input: unknown, call: Call) => unknown;

/** The bridge from typed handlers to the wire: an input is what the operation's schema says because it was read by it. */
const isHandler = (value: unknown): value is Handler => typeof value === 'function';

export const unknownOperation = ({ service, operation }: Call): ServiceError =>
  new ServiceError('UnknownOperationException', `The simulated ${service} does not know ${operation}.`);

/** What a client package says never changes, so it is read once. */
const models = new WeakMap<object, Model>();
const modelOf = (clientPackage: object): Model => {
  const model = models.get(clientPackage) ?? new Model(clientPackage);
  models.set(clientPackage, model);
  return model;
};

/** A service that answers by typed handlers; its model is the SDK's client package (`import * as`). */
export const service = <ClientPackage extends object>(
  signingName: string,
  clientPackage: ClientPackage,
  operations: Operations<ClientPackage>,
): Service => {
  const model = modelOf(clientPackage);
  return {
    signingName,
    operation: (name) => model.operation(name),
    operations: () => model.operations(),
    async answer(call, input) {
      const handler: unknown = Reflect.get(operations, call.operation);
      if (!isHandler(handler)) throw unknownOperation(call);
      return Reflect.apply(handler, operations, [input, call]);
    },
    problem: (error) => model.problem(error),
  };
};

const anything = 15;

/** A service that takes and gives JSON as it is, such as an emulator. */
export const jsonService = (
  signingName: string,
  answer: (operation: string, input: unknown) => Promise<unknown>,
): Service => {
  const schema = NormalizedSchema.of(anything);
  return {
    signingName,
    operation: (name) => ({ name, input: schema, output: schema, http: undefined }),
    operations: () => [],
    answer: ({ operation }, input) => answer(operation, input),
    problem: problemOf,
  };
};
