import { describe, expect, it } from 'vitest';
import { expectOneProblem, output, parallel, pass, problemsOf } from '../../../support/definitions.ts';
import { block, definition, task } from '../../../support/state-machines.ts';

describe('loadStateMachine', () => {
  it.each<[string, string, string]>([
    [
      'a variable nobody assigns',
      definition(output('$nobody')),
      '/States/A/Output: no way to this state assigns $nobody',
    ],
    [
      'a function nobody has',
      definition(output('$nobody(1)')),
      '/States/A/Output: no way to this state assigns $nobody',
    ],
    [
      'a variable assigned only later',
      definition({ A: pass({ Output: '{% $x %}', Next: 'B' }), B: pass({ Assign: { x: 1 }, End: true }) }),
      '/States/A/Output: no way to this state assigns $x',
    ],
    [
      'a variable assigned only in a branch',
      definition({
        A: parallel({ B: pass({ Assign: { x: 1 }, Next: 'C' }), C: pass() }, { Next: 'D' }),
        D: pass({ Output: '{% $x %}', End: true }),
      }),
      '/States/D/Output: no way to this state assigns $x',
    ],
    [
      'a variable in its own assignment',
      definition({ A: pass({ Assign: { x: '{% $x + 1 %}' }, End: true }) }),
      '/States/A/Assign/x: no way to this state assigns $x',
    ],
    [
      'a variable assigned outside and inside',
      definition({
        A: pass({ Assign: { x: 1 }, Next: 'B' }),
        B: parallel({ C: pass({ Assign: { x: 2 }, End: true }) }),
      }),
      "/States/B/Branches/0/States/C: $x is assigned outside of 'B' too",
    ],
    [
      '$states assigned',
      definition({ A: pass({ Assign: { states: 1 }, End: true }) }),
      '/States/A: $states cannot be assigned',
    ],
    [
      'a variable with a bad name',
      definition({ A: pass({ Assign: { 'a-b': 1 }, End: true }) }),
      '/States/A/Assign/a-b: ',
    ],
  ])('refuses %s', (_, text, problem) => expectOneProblem(text, problem));

  it.each([
    [
      'a variable that some way has assigned',
      {
        A: task('F', { Next: 'B', Assign: { x: 1 }, Catch: [{ ErrorEquals: ['X'], Next: 'B' }] }),
        B: pass({ Output: '{% $x %}', End: true }),
      },
    ],
    [
      'a variable of a loop',
      {
        A: pass({ Assign: { n: 0 }, Next: 'B' }),
        B: pass({ Assign: { n: '{% $n + 1 %}' }, Next: 'C' }),
        C: { Type: 'Choice', Choices: [{ Condition: '{% $n < 3 %}', Next: 'B' }], Default: 'D' },
        D: { Type: 'Succeed' },
      },
    ],
    [
      'one name in two branches',
      {
        A: {
          Type: 'Parallel',
          Branches: [
            block({ B: pass({ Assign: { x: 1 }, End: true }) }),
            block({ C: pass({ Assign: { x: 2 }, End: true }) }),
          ],
          End: true,
        },
      },
    ],
  ])('takes %s', (_, states) => {
    expect(problemsOf(definition(states))).toEqual([]);
  });
});
