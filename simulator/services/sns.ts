import type * as Sns from '@aws-sdk/client-sns';
import type { Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Subscription, Topic, Topics } from '../world/topics.ts';
import { required } from './required.ts';

const invalid = (message: string): ServiceError => new ServiceError('InvalidParameter', message);

const known = (topics: Topics, arn: string | undefined): Topic => {
  const topic = topics.find(arn ?? '');
  if (topic === undefined) throw new ServiceError('NotFound', 'Topic does not exist', {}, 404);
  return topic;
};

const described = (topic: Topic, { arn, protocol, endpoint }: Subscription): Sns.Subscription => ({
  TopicArn: topic.arn,
  SubscriptionArn: arn,
  Protocol: protocol,
  Endpoint: endpoint,
  Owner: topic.arn.split(':')[4],
});

/** SNS: topics, who is told, and what is published to them. */
export const sns = (topics: Topics): Operations<typeof Sns> => ({
  CreateTopic({ Name, Tags }) {
    if (Name === undefined || !/^[\w-]{1,256}$/.test(Name)) throw invalid('Invalid parameter: Topic Name');
    const topic = topics.create(Name);
    for (const { Key, Value } of Tags ?? []) topic.tags.set(Key ?? '', Value ?? '');
    return { TopicArn: topic.arn };
  },

  ListTopics() {
    return { Topics: topics.all.map(({ arn }) => ({ TopicArn: arn })) };
  },

  Subscribe({ TopicArn, Protocol, Endpoint }) {
    const topic = known(topics, TopicArn);
    const { arn } = topics.subscribe(topic, required(Protocol, 'Protocol'), required(Endpoint, 'Endpoint'));
    return { SubscriptionArn: arn };
  },

  ListSubscriptionsByTopic({ TopicArn }) {
    const topic = known(topics, TopicArn);
    return { Subscriptions: topic.subscriptions.map((one) => described(topic, one)) };
  },

  Publish({ TopicArn, Message, Subject, MessageAttributes }) {
    const topic = known(topics, TopicArn);
    if (Message === undefined || Message === '') throw invalid('Invalid parameter: Empty message');
    if (Buffer.byteLength(Message) > 262_144) throw invalid('Invalid parameter: Message too long');
    // SNS takes a subject of up to 100 ASCII characters in one line.
    if (Subject !== undefined && !/^[!-~][ -~]{0,99}$/.test(Subject))
      throw invalid('Invalid parameter: Subject');
    const attributes = Object.entries(MessageAttributes ?? {}).map(
      ([name, { StringValue }]) => [name, StringValue ?? ''] as const,
    );
    const { id } = topics.publish(topic, {
      subject: Subject ?? null,
      body: Message,
      attributes: Object.fromEntries(attributes),
    });
    return { MessageId: id };
  },
});
