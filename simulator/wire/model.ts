import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticErrorSchema, StaticOperationSchema } from '@smithy/types';
import { type Operation, type Problem, problemOf } from './protocol.ts';
import type { ServiceError } from './service-error.ts';

const isOperation = (value: unknown): value is StaticOperationSchema =>
  Array.isArray(value) && value[0] === 9;
const isError = (value: unknown): value is StaticErrorSchema => Array.isArray(value) && value[0] === -3;

const operationOf = (schema: StaticOperationSchema): Operation => ({
  name: schema[2],
  input: NormalizedSchema.of(schema[4]),
  output: NormalizedSchema.of(schema[5]),
  http: NormalizedSchema.of(schema).getMergedTraits().http,
});

/** The code of the query protocols and the status, which the model gives where they are not the usual ones. */
const traitsOf = (schema: NormalizedSchema): { code: unknown; status: unknown } => {
  const { awsQueryError, httpError, error } = schema.getMergedTraits();
  const [code]: readonly unknown[] = Array.isArray(awsQueryError) ? awsQueryError : [];
  return { code, status: httpError ?? (error === 'server' ? 500 : 400) };
};

/** What a client package of the SDK says about its service. */
export class Model {
  readonly #exports: object;
  readonly #operations = new Map<string, Operation | undefined>();
  #errors: ReadonlyMap<string, NormalizedSchema> | undefined;

  constructor(clientPackage: object) {
    this.#exports = clientPackage;
  }

  operation(name: string): Operation | undefined {
    if (!this.#operations.has(name)) {
      const schema: unknown = Reflect.get(this.#exports, `${name}$`);
      this.#operations.set(name, isOperation(schema) ? operationOf(schema) : undefined);
    }
    return this.#operations.get(name);
  }

  operations(): readonly Operation[] {
    return Object.values(this.#exports)
      .filter(isOperation)
      .flatMap(([, , name]) => this.operation(name) ?? []);
  }

  /** The error with both its names, whichever of them it was thrown by. */
  problem(error: ServiceError): Problem {
    const problem = problemOf(error);
    const schema = this.#errorsByName().get(error.code);
    if (schema === undefined) return problem;
    const { code, status } = traitsOf(schema);
    const name = schema.getName() ?? error.code;
    return {
      ...problem,
      name,
      code: typeof code === 'string' ? code : name,
      status: typeof status === 'number' ? status : error.status,
      schema,
    };
  }

  #errorsByName(): ReadonlyMap<string, NormalizedSchema> {
    this.#errors ??= new Map(
      Object.values(this.#exports)
        .filter(isError)
        .flatMap((error) => {
          const schema = NormalizedSchema.of(error);
          const { code } = traitsOf(schema);
          const names = typeof code === 'string' ? [error[2], code] : [error[2]];
          return names.map((name): [string, NormalizedSchema] => [name, schema]);
        }),
    );
    return this.#errors;
  }
}
