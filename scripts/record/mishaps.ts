import { ConnectionLost } from '../../simulator/wire/connection-lost.ts';
import { ServiceError } from '../../simulator/wire/service-error.ts';
import type { Stage } from './stage.ts';
import type { Around } from './tape.ts';

/** What happens to the calls of a function on their way to AWS and back. */
export type Mishap = (stage: Stage) => Around;

export const undisturbed: Mishap = () => (_call, answer) => answer();

/** The first call of that operation is carried out, and its answer does not come. */
export const losing =
  (operation: string): Mishap =>
  () => {
    let lost = false;
    return async (call, answer) => {
      const output = await answer();
      if (lost || call.operation !== operation) return output;
      lost = true;
      throw new ConnectionLost();
    };
  };

/** Every call of that operation is carried out twice. */
export const doubling =
  (operation: string): Mishap =>
  () =>
  async (call, answer) => {
    if (call.operation === operation) await answer();
    return answer();
  };

/** The first statement of that kind is carried out, and the session ends before its answer. */
export const losingStatement =
  (kind: string) =>
  ({ account }: Stage): void => {
    let lost = false;
    account.aroundStatement = (sql, answer) => {
      const table = answer();
      if (lost || !sql.startsWith(kind)) return table;
      lost = true;
      throw new ConnectionLost();
    };
  };

/** Every call of that operation is refused. */
export const refusing =
  (operation: string, code: string, message: string, status = 400): Mishap =>
  () =>
  (call, answer) =>
    call.operation === operation ? Promise.reject(new ServiceError(code, message, {}, status)) : answer();

/** Every call of that operation is answered so. */
export const answering =
  (operation: string, output: object): Mishap =>
  () =>
  (call, answer) =>
    call.operation === operation ? Promise.resolve(output) : answer();

/** Somebody else does something at the moment at which that operation is called for the first time. */
export const meanwhile =
  (operation: string, act: (stage: Stage) => unknown): Mishap =>
  (stage) => {
    let done = false;
    return async (call, answer) => {
      if (!done && call.operation === operation) {
        done = true;
        await act(stage);
      }
      return answer();
    };
  };
