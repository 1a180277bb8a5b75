import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration.ts';
import { names } from '../names.ts';

/** Where people are told how executions end, and of alarms. */
export const makeTopic = (
  scope: Construct,
  key: IKey,
  { account, notificationEmail }: Configuration,
): Topic => {
  const topic = new Topic(scope, 'Notifications', {
    topicName: names.topic,
    displayName: 'Forestbridge',
    masterKey: key,
    enforceSSL: true,
  });
  // A policy of its own takes the place of SNS's default one, which lets the account's alarms in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'Alarms',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  );
  topic.addSubscription(new EmailSubscription(notificationEmail));
  return topic;
};
