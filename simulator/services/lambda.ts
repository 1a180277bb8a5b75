import type * as sdk from '@aws-sdk/client-lambda';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { textOf } from '../wire/message.ts';
import type { Operations } from '../wire/operations.ts';
import { required } from './required.ts';

/** Runs a function of the account; rejects with the function's own error. */
export type Invoke = (functionName: string, payload: unknown) => Promise<unknown>;

const json = (value: unknown): Uint8ArrayBlobAdapter =>
  Uint8ArrayBlobAdapter.fromString(JSON.stringify(value ?? null));

/** Invoke, as the console's Test button does it. */
export const lambda = (invoke: Invoke): Operations<typeof sdk> => ({
  async Invoke({ FunctionName, Payload }) {
    const name = required(FunctionName, 'FunctionName').replace(/^.*:function:/, '');
    const event: unknown = JSON.parse(Payload instanceof Uint8Array ? textOf(Payload) : '{}');
    try {
      return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: json(await invoke(name, event)) };
    } catch (error) {
      const { name: errorType, message: errorMessage } =
        error instanceof Error ? error : new Error(String(error));
      return {
        StatusCode: 200,
        FunctionError: 'Unhandled',
        Payload: json({ errorType, errorMessage, trace: [] }),
      };
    }
  },
});
