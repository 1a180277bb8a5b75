import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { needs } from './needs.ts';

describe('What Lambda needs', () => {
  let world: World;
  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
  });

  it.each([
    [{ FunctionName: 'forestbridge-conclude' }, 'forestbridge-conclude'],
    [{ FunctionName: 'forestbridge-conclude', Qualifier: '3' }, 'forestbridge-conclude:3'],
    [{ FunctionName: 'arn:aws:lambda:eu-central-1:111122223333:function:x:3' }, 'x:3'],
  ])('for a call %j: the function %s', (input, name) => {
    expect(needs(world, 'lambda', 'Invoke', input)).toEqual([
      `lambda:InvokeFunction on lambda:function:${name}`,
    ]);
  });
});
