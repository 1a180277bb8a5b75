import { Duration, Validations } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { arn, names, type Place } from '../names.ts';

/** A queue for what could not be delivered; an alarm watches it. */
export const makeDeadLetters = (scope: Construct, id: string, name: string, key: IKey): Queue => {
  const queue = new Queue(scope, id, {
    queueName: names.deadLetters(name),
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions::AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue itself.',
  });
  return queue;
};

/** Has every end of a provisioning concluded, also those that no state sees. */
export const concludeEnds = (
  scope: Construct,
  place: Place,
  conclude: LambdaFunction,
  deadLetterQueue: Queue,
): void => {
  new Rule(scope, 'Ends', {
    description: 'How executions of Forestbridge end',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [arn(place, 'states', `stateMachine:${names.stateMachine('provision')}`)],
        status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    },
    targets: [
      new FunctionTarget(conclude, { deadLetterQueue, retryAttempts: 20, maxEventAge: Duration.hours(6) }),
    ],
  });
};
