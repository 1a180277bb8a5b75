import { describe, expect, it } from 'vitest';
import { withinVariableLimit } from '../../../../simulator/states/run/limits.ts';

const most = 10 * 1024 * 1024;
const three = { a: 'b' };

describe('the variables of an execution', () => {
  it('may fill 10 MiB, and no byte more', () => {
    expect(() => withinVariableLimit(three, most - 3)).not.toThrow();
    expect(() => withinVariableLimit(three, most - 2)).toThrow('10 MiB');
  });
});
