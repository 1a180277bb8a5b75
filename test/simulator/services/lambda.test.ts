import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { FunctionNotFound } from '../../../simulator/services/lambda.ts';
import { companyAccount } from '../../support/company-account.ts';

const prepare = (invoke: Parameters<typeof companyAccount>[0]) => {
  const { configuration } = companyAccount(invoke);
  const client = new LambdaClient(configuration);
  return async (FunctionName: string, payload?: unknown) => {
    const Payload = payload === undefined ? undefined : new TextEncoder().encode(JSON.stringify(payload));
    const answer = await client.send(new InvokeCommand({ FunctionName, ...(Payload && { Payload }) }));
    return { ...answer, Payload: JSON.parse(answer.Payload?.transformToString() ?? '') };
  };
};

describe('Invoke', () => {
  it.each(['plan-trust', 'arn:aws:lambda:eu-central-1:111122223333:function:plan-trust'])(
    'runs %s and hands out what it returns',
    async (name) => {
      const calls: unknown[] = [];
      const invoke = prepare(async (...call) => {
        calls.push(call);
        return { plan: 'make', Größe: 1 };
      });

      await expect(invoke(name, { owner: 'Jörg' })).resolves.toMatchObject({
        StatusCode: 200,
        ExecutedVersion: '$LATEST',
        Payload: { plan: 'make', Größe: 1 },
      });
      expect(calls).toEqual([['plan-trust', { owner: 'Jörg' }]]);
    },
  );

  it('runs without a payload as with an empty one, and answers nothing as null', async () => {
    const calls: unknown[] = [];
    const invoke = prepare(async (_name, payload) => void calls.push(payload));

    await expect(invoke('conclude')).resolves.toMatchObject({ Payload: null });
    expect(calls).toEqual([{}]);
  });

  it.each([
    ['its own error', Object.assign(new Error('Not yet.'), { name: 'NotReady' }), 'NotReady', 'Not yet.'],
    ['what is no error', 'a text', 'Error', 'a text'],
  ])(
    'answers with success where the function threw %s, and tells of it',
    async (_what, thrown, type, message) => {
      const invoke = prepare(() => Promise.reject(thrown));

      await expect(invoke('ensure-directory', {})).resolves.toMatchObject({
        StatusCode: 200,
        FunctionError: 'Unhandled',
        Payload: { errorType: type, errorMessage: message, trace: [] },
      });
    },
  );

  it.each([[''], ['  '], ['{"owner":'], ['not JSON']])(
    'refuses a payload that is no JSON: "%s"',
    async (text) => {
      const calls: unknown[] = [];
      const client = new LambdaClient(companyAccount(async (...call) => calls.push(call)).configuration);
      const answer = client.send(
        new InvokeCommand({ FunctionName: 'conclude', Payload: new TextEncoder().encode(text) }),
      );

      // No bytes are no payload.
      if (text === '') return expect(answer).resolves.toMatchObject({ StatusCode: 200 });
      await expect(answer).rejects.toMatchObject({
        name: 'InvalidRequestContentException',
        message: expect.stringMatching(/^Could not parse request body into json: /),
        $metadata: { httpStatusCode: 400 },
      });
      expect(calls).toEqual([]);
    },
  );

  it('knows no function that nobody deployed', async () => {
    const arn = 'arn:aws:lambda:eu-central-1:111122223333:function:nobody';
    const invoke = prepare(() => Promise.reject(new FunctionNotFound(arn)));

    await expect(invoke('nobody', {})).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${arn}`,
      $metadata: { httpStatusCode: 404 },
    });
  });

  it.each(['Event', 'DryRun'] as const)(
    'refuses %s by its name, and runs nothing',
    async (InvocationType) => {
      const calls: unknown[] = [];
      const client = new LambdaClient(companyAccount(async (...call) => calls.push(call)).configuration);

      await expect(
        client.send(new InvokeCommand({ FunctionName: 'conclude', InvocationType })),
      ).rejects.toMatchObject({
        name: 'InvalidParameterValueException',
        message: expect.stringContaining(InvocationType),
      });
      expect(calls).toEqual([]);
    },
  );

  it('is all that Lambda knows', async () => {
    const client = new LambdaClient(companyAccount().configuration);

    await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});
