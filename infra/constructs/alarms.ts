import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { stepErrorNames } from '../../functions/support/errors.ts';
import { arn, names, type Place } from '../names.ts';

const period = Duration.minutes(5);

const stateMachines = ['provision', 'check-trusts', 'watch-update'];

const executions = (place: Place, stateMachine: string, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/States',
    metricName,
    dimensionsMap: {
      StateMachineArn: arn(place, 'states', `stateMachine:${names.stateMachine(stateMachine)}`),
    },
    statistic: 'Sum',
    period,
  });

/** What ends a step and is no error of the closed set: a defect. */
const unknownErrors = (scope: Construct, logs: readonly LogGroup[]): Metric => {
  const known = stepErrorNames.map((name) => `($.error != "${name}")`).join(' && ');
  for (const [index, logGroup] of logs.entries())
    new MetricFilter(scope, `UnknownErrors-${index}`, {
      logGroup,
      metricNamespace: 'Forestbridge',
      metricName: 'UnknownErrors',
      filterPattern: FilterPattern.literal(`{ ($.level = "ERROR") && ($.error = "*") && ${known} }`),
      metricValue: '1',
    });
  return new Metric({ namespace: 'Forestbridge', metricName: 'UnknownErrors', statistic: 'Sum', period });
};

/** People are told by conclude how a provisioning ended; of the others the console tells. */
const whereToLook = (stateMachine: string): string =>
  stateMachine === 'provision'
    ? 'The notification about it says why.'
    : 'Its last state in the Step Functions console says why.';

interface Watched {
  readonly place: Place;
  readonly topic: ITopic;
  readonly logs: readonly LogGroup[];
  readonly deadLetters: readonly Queue[];
}

/** Alarms that tell people, and a dashboard. Lambda's own errors are not watched: a poll that waits is one. */
export const watch = (scope: Construct, { place, topic, logs, deadLetters }: Watched): void => {
  const alarm = (id: string, description: string, metric: IMetric): void => {
    new Alarm(scope, id, {
      alarmName: `forestbridge-${id}`,
      alarmDescription: description,
      metric,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(topic));
  };
  for (const stateMachine of stateMachines)
    for (const metric of ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'])
      alarm(
        `${stateMachine}-${metric}`,
        `An execution of forestbridge-${stateMachine} did not succeed. ${whereToLook(stateMachine)}`,
        executions(place, stateMachine, metric),
      );
  for (const [index, queue] of deadLetters.entries())
    alarm(
      `dead-letters-${index}`,
      'Something could not be delivered; the queue has what. See docs/operations.md.',
      queue.metricApproximateNumberOfMessagesVisible({ period }),
    );
  alarm(
    'unknown-errors',
    'A step ended with an error that Forestbridge does not know: a defect. Its log has it.',
    unknownErrors(scope, logs),
  );
  new Dashboard(scope, 'Dashboard', {
    dashboardName: 'Forestbridge',
    widgets: [
      ['provision', 'check-trusts'].map(
        (stateMachine) =>
          new GraphWidget({
            title: `Executions of ${stateMachine}`,
            left: ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed'].map((metric) =>
              executions(place, stateMachine, metric),
            ),
          }),
      ),
    ],
  });
};
