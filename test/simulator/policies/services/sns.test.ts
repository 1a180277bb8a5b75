import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { key, needs, through } from './needs.ts';

describe('What SNS needs', () => {
  let world: World;
  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
  });

  const TopicArn = 'arn:aws:sns:eu-central-1:111122223333:forestbridge-notifications';

  it("for a message: the topic, and the use of a customer's key", () => {
    expect(needs(world, 'sns', 'Publish', { TopicArn }, key)).toEqual([
      'sns:Publish on sns:forestbridge-notifications',
      ...through(
        'sns',
        'kms:key/k',
        ['GenerateDataKey', 'Decrypt'],
        [`kms:EncryptionContext:aws:sns:topicArn=${TopicArn}`],
      ),
    ]);
    expect(needs(world, 'sns', 'Publish', { TargetArn: TopicArn })).toHaveLength(1);
  });
});
