import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DescribeDirectoriesCommand, DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeRecordCommand,
  ProvisionProductCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { main } from '../../../cli/main.ts';
import { example } from '../../functions/request/requests.ts';
import { jsonFile } from '../../support/changed-world.ts';
import { forestbridge, shellForTest } from '../../support/shell.ts';

const file = (name: string): string =>
  fileURLToPath(new URL(`../../../events/requests/${name}.json`, import.meta.url));
const stateMachineArn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision';

/** The command, from its first line until it is told to end. */
const running = async (...args: readonly string[]) => {
  const ready = Promise.withResolvers<string>();
  const interruption = Promise.withResolvers<number>();
  const lines: string[] = [];
  const write = (text: string): void => {
    lines.push(text);
    ready.resolve(text);
  };
  const screen = { isTerminal: false, width: 100, write };
  const { shell } = shellForTest({ screen, interrupted: () => interruption.promise });
  const ended = main(['simulator', '--port', '0', ...args], shell);
  const [url = ''] = /http:\S+/.exec(await ready.promise) ?? [];
  return {
    url,
    lines,
    configuration: {
      endpoint: url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'me', secretAccessKey: 'mine' },
    },
    end: (): Promise<number> => {
      interruption.resolve(130);
      return ended;
    },
  };
};

describe('simulator', () => {
  let simulator: Awaited<ReturnType<typeof running>>;
  let states: SFNClient;

  beforeAll(async () => {
    const worlds = ['no-database', 'two-way-forest', 'no-database'].map((name) => file(name));
    simulator = await running('--speed', '20000', ...worlds.flatMap((each) => ['--world-from', each]));
    states = new SFNClient(simulator.configuration);
  });
  afterAll(() => simulator.end());

  it('prints one line when it is ready, with its URL', () => {
    const { lines, url } = simulator;

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(lines).toEqual([
      `The simulated account is at ${url} (export AWS_ENDPOINT_URL=${url} AWS_REGION=eu-central-1)\n`,
    ]);
  });

  it('carries out what its world is made for, and has it read back', async () => {
    const input = JSON.stringify(example('no-database'));
    const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn, input }));
    let status: string | undefined = 'RUNNING';
    while (status === 'RUNNING')
      ({ status } = await states.send(new DescribeExecutionCommand({ executionArn })));
    const ds = new DirectoryServiceClient(simulator.configuration);
    const { DirectoryDescriptions } = await ds.send(new DescribeDirectoriesCommand({}));

    expect(status).toBe('SUCCEEDED');
    expect(DirectoryDescriptions).toMatchObject([{ Name: 'aws.example.com', Stage: 'Active' }]);
  });

  it('offers the product in its catalog, and says who was told what', async () => {
    const catalog = new ServiceCatalogClient(simulator.configuration);
    const { RecordDetail } = await catalog.send(
      new ProvisionProductCommand({
        ProductName: 'SQL Server for Windows users',
        ProvisioningArtifactName: '1',
        ProvisionedProductName: 'mine',
        ProvisioningParameters: [
          { Key: 'Connection', Value: 'payroll' },
          { Key: 'DatabaseIdentifier', Value: 'payroll-2' },
        ],
      }),
    );
    const described = async () => catalog.send(new DescribeRecordCommand({ Id: RecordDetail?.RecordId }));
    let record = await described();
    while (!/SUCCEEDED|FAILED/.test(record.RecordDetail?.Status ?? '')) record = await described();

    expect(record.RecordDetail).toMatchObject({ Status: 'SUCCEEDED', RecordErrors: [] });
    expect(record.RecordOutputs).toContainEqual({ OutputKey: 'Port', OutputValue: '1433' });
    expect(simulator.lines).toContain(
      `To databases@example.com: Forestbridge: ${RecordDetail?.ProvisionedProductId} is done\n`,
    );
  });

  it('knows the functions of a deployment, and no others', async () => {
    const lambda = new LambdaClient(simulator.configuration);
    const invoke = (FunctionName: string) => lambda.send(new InvokeCommand({ FunctionName }));

    await expect(invoke('validate-request')).resolves.toMatchObject({ FunctionError: 'Unhandled' });
    await expect(invoke('nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:eu-central-1:111122223333:function:nobody',
    });
  });

  it('ends when it is told to, with exit status 0, and gives its port free', async () => {
    const { end, url } = await running();
    const port = Number(new URL(url).port);

    expect(await end()).toBe(0);
    const server = createServer();
    onTestFinished(() => void server.close());
    const listening = new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve(port));
    });
    await expect(listening).resolves.toBe(port);
  });

  it('is refused a port that is taken, in one sentence', async () => {
    const { port } = new URL(simulator.url);

    expect(await forestbridge(['simulator', '--port', port])).toEqual({
      status: 1,
      output: '',
      complaint: `The port ${port} is taken. Choose another one by --port; 0 takes a free one.\n`,
    });
  });

  it.each([
    [
      'an invalid request',
      () => [jsonFile({ requestId: '$(x)' })],
      /: The request has 4 problems:\n- requestId: /,
    ],
    ['no request', () => ['missing.json'], /^missing\.json cannot be read: it does not exist\./],
    [
      'two requests with one id',
      () => [
        file('no-database'),
        jsonFile({ ...Object(example('one-way-forest')), requestId: 'directory-only' }),
      ],
      /has the requestId directory-only, which another --world-from has too\. Give it one of its own\.\n$/,
    ],
  ])('makes no world from %s', async (_, files, message) => {
    const { status, output, complaint } = await forestbridge([
      'simulator',
      ...files().flatMap((each) => ['--world-from', each]),
    ]);

    expect(status).toBe(1);
    expect(output).toBe('');
    expect(complaint).toMatch(message);
  });
});
