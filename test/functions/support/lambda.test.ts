import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DescribeDirectoriesCommand, DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { named } from '../../../functions/support/aws-errors.ts';
import { DirectoryFailed, NotReady } from '../../../functions/support/errors.ts';
import { lambdaHandler } from '../../../functions/support/lambda.ts';
import type { ClientConfiguration } from '../../../functions/support/runtime.ts';
import { step } from '../../../functions/support/step.ts';
import { lambdaContext } from '../../support/lambda-context.ts';

const seen: ClientConfiguration[] = [];
const port = z.object({ port: z.int() });
/** A bundle with nothing beside it. */
const bundle = 'file:///nowhere/index.mjs';
const about = z.object({ at: z.string(), greeting: z.string() });

/** A step that uses all that Lambda gives it. */
const greet = step({
  name: 'greet',
  input: port,
  output: about,
  settings: z.object({ GREETING: z.string() }),
  clients: (configuration) => {
    seen.push(configuration);
    return {};
  },
  fails: DirectoryFailed,
  async run({ port: at }, { now, connect, settings }) {
    const socket = await connect('127.0.0.1', at);
    socket.destroy();
    if (settings.GREETING === '') throw new NotReady('Nothing is said yet.');
    return { at: now().toISOString(), greeting: settings.GREETING };
  },
});

describe('a handler in Lambda', () => {
  const server = createServer((socket) => void socket.resume());
  const lines: string[] = [];
  let at = 0;
  beforeEach(async () => {
    lines.length = 0;
    seen.length = 0;
    vi.useFakeTimers({ now: Date.UTC(2025, 0, 1), toFake: ['Date'] });
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('GREETING', 'Hello');
    for (const level of ['info', 'error', 'debug'] as const)
      vi.spyOn(console, level).mockImplementation((line: unknown) => void lines.push(String(line)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    at = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await new Promise((resolve) => server.close(resolve));
  });

  it('has the environment, the wall clock, the network and a log', async () => {
    const answer = await lambdaHandler(greet, bundle)({ port: at }, lambdaContext);

    expect(answer).toEqual({ at: '2025-01-01T00:00:00.000Z', greeting: 'Hello' });
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'INFO', message: 'greet is done', service: 'forestbridge', step: 'greet' },
    ]);
  });

  it('takes a setting from the file beside its bundle, which is heard before the environment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ GREETING: 'Welcome' }));
    const handler = lambdaHandler(greet, pathToFileURL(join(folder, 'index.mjs')).href);

    expect(await handler({ port: at }, lambdaContext)).toMatchObject({ greeting: 'Welcome' });
  });

  it('makes the clients so that they never repeat a call by themselves', () => {
    lambdaHandler(greet, bundle);

    expect(seen).toMatchObject([{ maxAttempts: 1 }]);
  });

  it('makes the clients so that a call without an answer ends before the function does', () => {
    lambdaHandler(greet, bundle);

    expect(seen).toMatchObject([
      { requestHandler: { connectionTimeout: 3000, requestTimeout: 15_000, throwOnRequestTimeout: true } },
    ]);
  });

  it('has such a call fail as one that may be repeated', async () => {
    lambdaHandler(greet, bundle);
    const client = new DirectoryServiceClient({
      ...seen[0],
      // The server takes the connection and never answers; nobody wants to wait for that as long as Lambda does.
      requestHandler: { ...seen[0]?.requestHandler, requestTimeout: 20 },
      endpoint: `http://127.0.0.1:${at}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    });

    const error = await client.send(new DescribeDirectoriesCommand({})).catch((thrown: unknown) => thrown);

    expect(named(error, DirectoryFailed)).toMatchObject({
      name: 'Throttled',
      message: expect.stringMatching(/^AWS did not answer: .*20 ms/),
    });
    client.destroy();
  });

  it('says nothing of what only waits', async () => {
    vi.stubEnv('GREETING', '');

    await expect(lambdaHandler(greet, bundle)({ port: at }, lambdaContext)).rejects.toThrow(
      'Nothing is said yet.',
    );

    expect(lines).toEqual([]);
  });

  it('fails where nothing listens, and logs why', async () => {
    await new Promise((resolve) => server.close(resolve));

    await expect(lambdaHandler(greet, bundle)({ port: at }, lambdaContext)).rejects.toThrow('ECONNREFUSED');

    expect(lines.join()).toContain('greet failed');
  });
});
