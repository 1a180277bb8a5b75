import type * as sdk from '@aws-sdk/client-lambda';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { textOf } from '../wire/message.ts';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import { required } from './required.ts';

/** Runs a function of the account; rejects with the function's own error. */
export type Invoke = (functionName: string, payload: unknown) => Promise<unknown>;

/** No function of that ARN is deployed: what Lambda itself answers, before anything runs. */
export class FunctionNotFound extends Error {
  override readonly name = 'Lambda.ResourceNotFoundException';

  constructor(arn: string) {
    super(`Function not found: ${arn}`);
  }
}

/** The event in a payload; where there is none it is empty. */
const eventOf = (payload: unknown): unknown => {
  const text = payload instanceof Uint8Array ? textOf(payload) : '';
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      'InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: ${reason}`,
      { Type: 'User' },
    );
  }
};

const json = (value: unknown): Uint8ArrayBlobAdapter =>
  Uint8ArrayBlobAdapter.fromString(JSON.stringify(value ?? null));

/** Invoke, as the console's Test button does it. */
export const lambda = (invoke: Invoke): Operations<typeof sdk> => ({
  async Invoke({ FunctionName, InvocationType = 'RequestResponse', Payload }) {
    const name = required(FunctionName, 'FunctionName').replace(/^.*:function:/, '');
    if (InvocationType !== 'RequestResponse')
      throw new ServiceError(
        'InvalidParameterValueException',
        `The simulator's Lambda does not know the invocation type ${InvocationType}.`,
        { Type: 'User' },
      );
    const event = eventOf(Payload);
    try {
      return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: json(await invoke(name, event)) };
    } catch (error) {
      if (error instanceof FunctionNotFound)
        throw new ServiceError('ResourceNotFoundException', error.message, { Type: 'User' }, 404);
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
