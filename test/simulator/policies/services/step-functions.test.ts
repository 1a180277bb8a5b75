import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { World } from '../../../../simulator/world/world.ts';
import { key, needs, through } from './needs.ts';

describe('What Step Functions needs', () => {
  let world: World;
  beforeEach(() => {
    world = new World(new VirtualClock(0), 1);
  });

  const executionArn = 'arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:orders-1';
  const stateMachineArn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision';
  const decrypting = through(
    'states',
    'kms:key/k',
    ['Decrypt'],
    [`kms:EncryptionContext:aws:states:stateMachineArn=${stateMachineArn}`],
  );

  it.each(['DescribeExecution', 'GetExecutionHistory'])(
    'for %s: the execution, and its data readable',
    (operation) => {
      const expected = `states:${operation} on states:execution:forestbridge-provision:orders-1`;
      expect(needs(world, 'states', operation, { executionArn })).toEqual([expected]);
      expect(needs(world, 'states', operation, { executionArn }, key)).toEqual([expected, ...decrypting]);
    },
  );

  it('for what is no data of an execution: no key', () => {
    const input = { executionArn, includedData: 'METADATA_ONLY' };
    expect(needs(world, 'states', 'DescribeExecution', input, key)).toHaveLength(1);
  });

  it.each(['StopExecution', 'RedriveExecution'])('for %s: the execution', (operation) => {
    expect(needs(world, 'states', operation, { executionArn }, key)).toEqual([
      `states:${operation} on states:execution:forestbridge-provision:orders-1`,
    ]);
  });

  it.each([
    ['the machine', '', ''],
    ['a version of it', ':7', ' states:StateMachineQualifier=7'],
    ['an alias of it', ':live', ' states:StateMachineQualifier=live'],
  ])('for a new execution of %s: the machine', (_words, suffix, context) => {
    expect(
      needs(world, 'states', 'StartExecution', { stateMachineArn: `${stateMachineArn}${suffix}` }),
    ).toEqual([`states:StartExecution on states:stateMachine:forestbridge-provision${context}`]);
  });
});
