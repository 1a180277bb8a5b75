import type { NormalizedSchema } from '@smithy/core/schema';
import type { WireRequest, WireResponse } from './message.ts';
import type { ServiceError } from './service-error.ts';

/** An operation as a service's model describes it. */
export interface Operation {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, path template and status, which only operations of REST services have. */
  readonly http: readonly [string, string, number] | undefined;
}

/** An error on its way out. */
export interface Problem {
  /** What JSON protocols call it: the modelled class. */
  readonly name: string;
  /** What query protocols call it. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Absent where the model does not know the error. */
  readonly schema: NormalizedSchema | undefined;
}

/** One of AWS's protocols, seen from the service's side. */
export interface Protocol {
  /** The name of the operation that the request asks for, whether there is one or not. */
  nameOf(request: WireRequest, operations: () => readonly Operation[]): string;
  read(operation: Operation, request: WireRequest): unknown;
  reply(operation: Operation, output: unknown, requestId: string): WireResponse;
  refuse(problem: Problem, requestId: string): WireResponse;
}

/** An error that no model knows. */
export const problemOf = ({ code, message, status, fields }: ServiceError): Problem => ({
  name: code,
  code,
  message,
  status,
  fields,
  schema: undefined,
});
