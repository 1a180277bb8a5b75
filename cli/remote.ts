import { connect } from 'node:net';
import { DescribeExecutionCommand, GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { functions } from '../functions/functions.ts';
import { put } from '../functions/support/put.ts';
import { WrongUsage } from './arguments.ts';
import { lambdaContext } from './lambda-context.ts';
import { explanationSchema, type Outcome, seconds } from './outcome.ts';
import type { Shell } from './shell.ts';

const quiet = (): void => {};

/** An ARN of Step Functions of that kind, and its Region: there the calls go, whatever the environment says. */
export const regionOf = (arn: string, kind: 'stateMachine' | 'execution', what: string): string => {
  const [, region] = /^arn:aws[a-z-]*:states:([a-z0-9-]+):\d{12}:(\w+):[^\s:]+(:[^\s:]+)?$/.exec(arn) ?? [];
  if (region !== undefined && arn.split(':')[5] === kind) return region;
  throw new WrongUsage(
    `${what} is an ARN such as arn:aws:states:eu-central-1:111122223333:${kind}:forestbridge-provision${kind === 'execution' ? ':orders-20260105T080000' : ''}, not '${arn}'.`,
  );
};

/** What explain-execution says, run here under the user's own credentials. */
const explain = async (executionArn: string, region: string, { aws, environment }: Shell) => {
  const step = await functions['explain-execution']();
  const handler = step.bind({
    clientConfiguration: { region, ...aws, maxAttempts: 1 },
    environment: { ...environment, LEDGER_TABLE: environment['LEDGER_TABLE'] ?? 'forestbridge-ledger' },
    now: () => new Date(),
    connect: async (host, port) => connect(port, host),
    put,
    log: { debug: quiet, info: quiet, error: quiet },
  });
  return explanationSchema.parse(await handler({ executionArn }, lambdaContext('explain-execution')));
};

const jsonOf = (output: string | undefined): unknown => {
  if (output === undefined) return null;
  const json: unknown = JSON.parse(output);
  return json;
};

/** The time there: a simulator's may be ahead of the clock on the wall, and its newest event tells so. */
const timeThere = async (client: SFNClient, executionArn: string): Promise<number> => {
  const newest = { executionArn, reverseOrder: true, maxResults: 1, includeExecutionData: false };
  const { events = [] } = await client.send(new GetExecutionHistoryCommand(newest));
  return Math.max(Date.now(), ...events.flatMap(({ timestamp }) => timestamp?.getTime() ?? []));
};

/** How an execution in an account stands, and why. */
export const remoteOutcome = async (executionArn: string, shell: Shell): Promise<Outcome> => {
  const region = regionOf(executionArn, 'execution', 'EXECUTION');
  const client = new SFNClient({ region, ...shell.aws });
  const { startDate, stopDate, output } = await client.send(new DescribeExecutionCommand({ executionArn }));
  const started = startDate?.getTime() ?? 0;
  const ended = stopDate?.getTime() ?? (await timeThere(client, executionArn));
  return {
    ...(await explain(executionArn, region, shell)),
    output: jsonOf(output),
    execution: executionArn,
    virtualSeconds: seconds(Math.max(0, ended - started)),
    transitions: null,
    invocations: null,
    apiCalls: null,
    writes: null,
  };
};
