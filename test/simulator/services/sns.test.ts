import * as snsPackage from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { sns } from '../../../simulator/services/sns.ts';
import { Endpoint } from '../../../simulator/wire/endpoint.ts';
import { service } from '../../../simulator/wire/service.ts';
import { VirtualClock } from '../../../simulator/world/clock.ts';
import { Random } from '../../../simulator/world/random.ts';
import { Topics } from '../../../simulator/world/topics.ts';
import { configurationFor } from '../../support/configuration.ts';

const prepare = () => {
  const clock = new VirtualClock(Date.UTC(2025, 0, 1));
  const setting = { clock, random: new Random(1), accountId: '123456789012', region: 'eu-west-1' };
  const topics = new Topics(setting);
  const configuration = configurationFor(new Endpoint([service('sns', snsPackage, sns(topics))]));
  return { topics, client: new snsPackage.SNSClient(configuration) };
};

describe('SNS', () => {
  it('makes a topic once and keeps what is published to it', async () => {
    const { topics, client } = prepare();
    const create = new snsPackage.CreateTopicCommand({
      Name: 'reports',
      Tags: [{ Key: 'team', Value: 'x' }],
    });
    const { TopicArn } = await client.send(create);
    await client.send(create);

    const { MessageId } = await client.send(
      new snsPackage.PublishCommand({
        TopicArn,
        Subject: 'Done',
        Message: 'All is well.',
        MessageAttributes: { status: { DataType: 'String', StringValue: 'SUCCEEDED' } },
      }),
    );
    await client.send(new snsPackage.PublishCommand({ TopicArn, Message: 'Again.' }));

    expect(TopicArn).toBe('arn:aws:sns:eu-west-1:123456789012:reports');
    expect(topics.all).toMatchObject([
      {
        tags: new Map([['team', 'x']]),
        messages: [
          {
            id: MessageId,
            at: Date.UTC(2025, 0, 1),
            subject: 'Done',
            body: 'All is well.',
            attributes: { status: 'SUCCEEDED' },
          },
          { subject: null, body: 'Again.', attributes: {} },
        ],
      },
    ]);
    await expect(client.send(new snsPackage.ListTopicsCommand({}))).resolves.toMatchObject({
      Topics: [{ TopicArn }],
    });
  });

  it('delivers what is published to everybody who has subscribed by then, once', async () => {
    const { topics, client } = prepare();
    const { TopicArn } = await client.send(new snsPackage.CreateTopicCommand({ Name: 'reports' }));
    const told: string[] = [];
    topics.listen(({ to }) => void told.push(to.endpoint));
    const publish = (Message: string) => client.send(new snsPackage.PublishCommand({ TopicArn, Message }));
    const subscribe = (Endpoint: string) =>
      client.send(new snsPackage.SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint }));

    await publish('Nobody hears this.');
    const { SubscriptionArn } = await subscribe('team@example.com');
    await subscribe('team@example.com');
    await publish('One hears this.');
    await subscribe('boss@example.com');
    await publish('Both hear this.');

    expect(topics.deliveries.map(({ to, message }) => `${to.endpoint}: ${message.body}`)).toEqual([
      'team@example.com: One hears this.',
      'team@example.com: Both hear this.',
      'boss@example.com: Both hear this.',
    ]);
    expect(told).toHaveLength(3);
    const { Subscriptions } = await client.send(new snsPackage.ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toMatchObject([
      { SubscriptionArn, Protocol: 'email', Endpoint: 'team@example.com', Owner: '123456789012' },
      { Endpoint: 'boss@example.com' },
    ]);
  });

  it.each([
    ['NotFoundException', { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:none', Message: 'x' }],
    ['InvalidParameterException', { Message: '' }],
    ['InvalidParameterException', { Message: 'x'.repeat(262_145) }],
    ['InvalidParameterException', { Message: 'x', Subject: 'two\nlines' }],
    ['InvalidParameterException', { Message: 'x', Subject: 'x'.repeat(101) }],
  ])('refuses by %s what is no message', async (name, input) => {
    const { topics, client } = prepare();
    const TopicArn = topics.create('reports').arn;

    await expect(client.send(new snsPackage.PublishCommand({ TopicArn, ...input }))).rejects.toMatchObject({
      name,
    });
  });

  it('refuses a name that is none', async () => {
    const { client } = prepare();

    await expect(client.send(new snsPackage.CreateTopicCommand({ Name: 'a b' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});
