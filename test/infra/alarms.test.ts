import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { resolve } from '../support/resolve.ts';
import { exampleConfiguration, type Resources, templateOf } from '../support/template.ts';

const world = {
  accountId: '111122223333',
  region: 'eu-central-1',
  keyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
} as const;
const queues = { 'dead-letters-0': 'forestbridge-undelivered', 'dead-letters-1': 'forestbridge-unscheduled' };
const stateMachines = ['provision', 'check-trusts', 'watch-update'];
const machineArn = (name: string) =>
  `arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-${name}`;

const dimensions = (Name: string, Value: string) => [{ Name, Value }];
const expected = (name: string, metric: object) => ({
  AlarmName: `forestbridge-${name}`,
  ...metric,
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  AlarmActions: ['arn:aws:sns:eu-central-1:111122223333:forestbridge-notifications'],
});

const widgetsSchema = z.object({
  widgets: z.array(z.object({ properties: z.object({ metrics: z.array(z.array(z.unknown())) }) })),
});

describe('what is watched', () => {
  let byId: Resources;
  beforeAll(async () => {
    ({ byId } = await templateOf({ ...exampleConfiguration(), tags: {} }));
  });
  const all = (type: string) => {
    // A queue is called as its metrics call it.
    const given = new Map(
      Object.entries(byId).map(([id, { Properties }]) => [
        `${id}.QueueName`,
        String(Properties['QueueName']),
      ]),
    );
    return Object.values(byId)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) =>
        z.record(z.string(), z.unknown()).parse(resolve(Properties, { world, resources: byId, given })),
      );
  };

  it('is the end of every workflow, every dead letter and every unknown error, by an alarm that tells people', () => {
    const alarms = all('AWS::CloudWatch::Alarm').map(({ AlarmDescription, ...rest }) => {
      expect(AlarmDescription).toMatch(/\w\.$/);
      return rest;
    });

    expect(alarms).toEqual([
      ...stateMachines.flatMap((name) =>
        ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((MetricName) =>
          expected(`${name}-${MetricName}`, {
            Namespace: 'AWS/States',
            MetricName,
            Dimensions: dimensions('StateMachineArn', machineArn(name)),
            Statistic: 'Sum',
          }),
        ),
      ),
      ...Object.entries(queues).map(([name, queue]) =>
        expected(name, {
          Namespace: 'AWS/SQS',
          MetricName: 'ApproximateNumberOfMessagesVisible',
          Dimensions: dimensions('QueueName', queue),
          Statistic: 'Maximum',
        }),
      ),
      expected('unknown-errors', {
        Namespace: 'Forestbridge',
        MetricName: 'UnknownErrors',
        Statistic: 'Sum',
      }),
    ]);
  });

  it('is there: every metric is of a workflow or a queue of the template', () => {
    const there = new Set([
      ...all('AWS::StepFunctions::StateMachine').map(({ StateMachineName }) =>
        machineArn(String(StateMachineName).replace('forestbridge-', '')),
      ),
      ...all('AWS::SQS::Queue').map(({ QueueName }) => QueueName),
    ]);
    const named = [...stateMachines.map(machineArn), ...Object.values(queues)];

    expect(there).toEqual(new Set(named));
  });

  it('is drawn on a dashboard of two workflows that are there', () => {
    const [dashboard, ...others] = all('AWS::CloudWatch::Dashboard');
    const { widgets } = widgetsSchema.parse(JSON.parse(String(dashboard?.['DashboardBody'])));

    expect(others).toEqual([]);
    expect(widgets.map(({ properties }) => properties.metrics.map((metric) => metric.slice(0, 4)))).toEqual(
      ['provision', 'check-trusts'].map((name) =>
        ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed'].map((metric) => [
          'AWS/States',
          metric,
          'StateMachineArn',
          machineArn(name),
        ]),
      ),
    );
  });
});
