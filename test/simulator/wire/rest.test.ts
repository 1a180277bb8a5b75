import * as lambda from '@aws-sdk/client-lambda';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { describe, expect, it } from 'vitest';
import { Endpoint } from '../../../simulator/wire/endpoint.ts';
import { service } from '../../../simulator/wire/service.ts';
import { configurationFor } from '../../support/configuration.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:forestbridge-conclude';

/** A client of Lambda, and the input of the last call as it arrived. */
const lambdaThat = (answer: unknown) => {
  const arrived: unknown[] = [];
  const endpoint = new Endpoint([service('lambda', lambda, {})], {
    around({ operation, input }) {
      arrived.push(operation, input);
      return Promise.resolve(answer);
    },
  });
  return { arrived, client: new lambda.LambdaClient(configurationFor(endpoint)) };
};

describe('restJson1', () => {
  it('reads path, headers, query and payload', async () => {
    const { client, arrived } = lambdaThat({ StatusCode: 200 });

    await client.send(
      new lambda.InvokeCommand({
        FunctionName: arn,
        InvocationType: 'RequestResponse',
        Qualifier: 'live & kicking',
        Payload: new Uint8Array([0, 123, 255]),
      }),
    );

    expect(arrived).toEqual([
      'Invoke',
      {
        FunctionName: arn,
        InvocationType: 'RequestResponse',
        Qualifier: 'live & kicking',
        Payload: new Uint8Array([0, 123, 255]),
      },
    ]);
  });

  it('reads no payload where there is none', async () => {
    const { client, arrived } = lambdaThat({});

    await client.send(new lambda.InvokeCommand({ FunctionName: 'f' }));

    expect(arrived).toEqual(['Invoke', { FunctionName: 'f' }]);
  });

  it('writes status, headers and payload', async () => {
    const payload = '{"errorType":"Conflict"}';
    const { client } = lambdaThat({
      StatusCode: 202,
      FunctionError: 'Unhandled',
      Payload: Uint8ArrayBlobAdapter.fromString(payload),
    });

    const answer = await client.send(new lambda.InvokeCommand({ FunctionName: 'f' }));

    expect(answer).toMatchObject({ StatusCode: 202, FunctionError: 'Unhandled' });
    expect(answer).not.toHaveProperty('LogResult');
    expect(answer.$metadata).toMatchObject({
      httpStatusCode: 202,
      requestId: expect.stringMatching(/^0.*1$/),
    });
    expect(answer.Payload?.transformToString()).toBe(payload);
  });

  it('reads and writes bodies of JSON', async () => {
    const { client, arrived } = lambdaThat({ FunctionName: 'f', Timeout: 7, Tags: undefined });
    const input = { FunctionName: 'f', Timeout: 7, Environment: { Variables: { A: 'b' } } };

    const answer = await client.send(new lambda.UpdateFunctionConfigurationCommand(input));

    expect(arrived).toEqual(['UpdateFunctionConfiguration', input]);
    expect(answer).toMatchObject({ FunctionName: 'f', Timeout: 7 });
  });

  it('tells the methods of one path apart, and numbers from text', async () => {
    const { client, arrived } = lambdaThat({});

    await client.send(new lambda.ListFunctionsCommand({ MaxItems: 10 }));
    await client.send(new lambda.DeleteFunctionCommand({ FunctionName: 'f' }));
    await client.send(new lambda.GetFunctionCommand({ FunctionName: 'f' }));

    expect(arrived).toEqual([
      'ListFunctions',
      { MaxItems: 10 },
      'DeleteFunction',
      { FunctionName: 'f' },
      'GetFunction',
      { FunctionName: 'f' },
    ]);
  });
});
