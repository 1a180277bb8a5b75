import type { Runtime } from '../../functions/support/runtime.ts';
import { SqlError } from '../../simulator/sql-server/sql-error.ts';
import type { AroundStatement } from '../../simulator/sql-server/sql-server.ts';
import { isObject, type Json, toJson } from '../../simulator/states/data/json.ts';
import { ConnectionLost } from '../../simulator/wire/connection-lost.ts';
import type { EndpointOptions } from '../../simulator/wire/endpoint.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import { toRecord } from './conformity.ts';
import type { RecordedCall, RecordedConnection, RecordedPut, RecordedStatement } from './recording.ts';
import { modelOf, operationOf, tokensOf } from './services.ts';

export type Around = NonNullable<EndpointOptions['around']>;
type Call = Parameters<Around>[0];

/** Stands for a token that the SDK draws anew for every call. */
const token = '(a token that the SDK draws anew)';

/** What a call asks; tokens that the SDK draws are no part of it. */
export const asked = (call: Pick<Call, 'service' | 'operation' | 'input'>): Json => {
  const input = toRecord(operationOf(call).input, call.input);
  if (!isObject(input)) return input;
  const tokens = tokensOf(call).filter((name) => Object.hasOwn(input, name));
  return toJson({ ...input, ...Object.fromEntries(tokens.map((name) => [name, token])) }) ?? null;
};

const refusal = (service: string, error: ServiceError) => {
  const { code, status } = modelOf(service).problem(error);
  return { code, message: error.message, status };
};

/** Writes down what a function asks, and what it is answered. */
export class Tape {
  readonly calls: RecordedCall[] = [];
  readonly statements: RecordedStatement[] = [];
  readonly puts: RecordedPut[] = [];
  connection: RecordedConnection | undefined;
  /** What was thrown that is no answer of AWS: nothing is recorded then. */
  bug: unknown;

  readonly around: Around = async (call, answer) => {
    const { service, operation } = call;
    const question = { service, operation, input: asked(call) };
    try {
      const output = await answer();
      this.calls.push({ ...question, output: toRecord(operationOf(call).output, output) });
      return output;
    } catch (error) {
      if (error instanceof ConnectionLost) this.calls.push({ ...question, lost: true });
      else if (error instanceof ServiceError)
        this.calls.push({ ...question, error: refusal(service, error) });
      else this.bug ??= error;
      throw error;
    }
  };

  readonly aroundStatement: AroundStatement = (sql, answer) => {
    try {
      const table = answer();
      this.statements.push(
        table === undefined
          ? { sql }
          : { sql, columns: [...table.columns], rows: table.rows.map((row) => [...row]) },
      );
      return table;
    } catch (error) {
      if (error instanceof ConnectionLost) this.statements.push({ sql, lost: true });
      if (error instanceof SqlError) {
        const { number, message } = error;
        this.statements.push({ sql, error: { number, message } });
      }
      throw error;
    }
  };

  /** Writes down where the function connects to, and that it could not. */
  connecting(connect: Runtime['connect']): Runtime['connect'] {
    return async (host, port) => {
      this.connection = { host, port };
      try {
        return await connect(host, port);
      } catch (error) {
        if (error instanceof Error && 'code' in error) {
          const { code, message } = error;
          this.connection = { host, port, error: { code: String(code), message } };
        } else this.bug ??= error;
        throw error;
      }
    };
  }

  /** Writes down who is told what. */
  putting(put: Runtime['put']): Runtime['put'] {
    return async (url, body) => {
      try {
        const status = await put(url, body);
        this.puts.push({ url, body, status });
        return status;
      } catch (error) {
        this.puts.push({ url, body });
        throw error;
      }
    };
  }
}
