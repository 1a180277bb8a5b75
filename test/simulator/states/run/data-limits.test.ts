import { describe, expect, it } from 'vitest';
import { type Fields, run, task } from '../../../support/state-machines.ts';

describe('a Task', () => {
  it.each<[string, Fields, number, string]>([
    ['arguments', { Arguments: { FunctionName: 'Ask', Payload: '{% $pad("", 262143) %}' } }, 1, 'Ask'],
    ['an answer', {}, 262_144, 'lambda'],
    ['an output', { Output: '{% [$states.result.Payload, $states.result.Payload] %}' }, 140_000, 'Ask'],
  ])('fails by too large %s', async (_, fields, size, name) => {
    const { execution } = await run({ Ask: task('Ask', fields) }, {}, { Ask: () => 'x'.repeat(size) });
    expect(execution.standing).toMatchObject({
      error: 'States.DataLimitExceeded',
      cause: `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
  });

  it('counts bytes, not characters', async () => {
    const { execution } = await run({ Ask: task('Ask') }, {}, { Ask: () => 'ä'.repeat(132_000) });
    expect(execution.standing.error).toBe('States.DataLimitExceeded');
  });

  it('refuses variables that are too large together', async () => {
    const big = '{% $pad("", 140000) %}';
    const states = { Both: { Type: 'Pass', Assign: { a: big, b: big }, End: true } };
    expect((await run(states)).execution.standing.error).toBe('States.DataLimitExceeded');
    const apart = {
      One: { Type: 'Pass', Assign: { a: big }, Next: 'Two' },
      Two: { Type: 'Pass', Assign: { b: big }, End: true },
    };
    expect((await run(apart)).execution.standing.status).toBe('SUCCEEDED');
  });
});
