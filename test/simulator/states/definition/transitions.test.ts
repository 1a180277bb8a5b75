import { describe, it } from 'vitest';
import { expectOneProblem, parallel, pass } from '../../../support/definitions.ts';
import { definition, task } from '../../../support/state-machines.ts';

describe('loadStateMachine', () => {
  it.each<[string, string, string]>([
    ['an unknown StartAt', definition({ A: pass() }, { StartAt: 'B' }), "/StartAt: there is no state 'B'"],
    ['an unknown Next', definition({ A: pass({ Next: 'B' }) }), "/States/A/Next: there is no state 'B'"],
    [
      'an unknown Next in a catcher',
      definition({ A: task('F', { Catch: [{ ErrorEquals: ['X'], Next: 'B' }] }) }),
      "/States/A/Catch/0/Next: there is no state 'B'",
    ],
    [
      'an unknown Next in a rule',
      definition({ A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'B' }] } }),
      "/States/A/Choices/0/Next: there is no state 'B'",
    ],
    [
      'an unknown Default',
      definition({ A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'A' }], Default: 'B' } }),
      "/States/A/Default: there is no state 'B'",
    ],
    [
      'a Next out of a branch',
      definition({ A: parallel({ B: pass({ Next: 'C' }) }, { Next: 'C' }), C: pass() }),
      "/States/A/Branches/0/States/B/Next: there is no state 'C'",
    ],
    [
      'a state that nothing leads to',
      definition({ A: pass(), B: pass() }),
      '/States/B: no state leads to it',
    ],
    ['neither Next nor End', definition({ A: pass({}) }), '/States/A: needs either Next or "End": true'],
    [
      'both Next and End',
      definition({ A: pass({ Next: 'B', End: true }), B: pass() }),
      '/States/A: needs either Next or "End": true',
    ],
    [
      'no end',
      definition({ A: pass({ Next: 'B' }), B: pass({ Next: 'A' }) }),
      '/States: no end can be reached',
    ],
    [
      'a name twice',
      definition({ A: parallel({ B: pass() }, { Next: 'B' }), B: pass() }),
      '/States/A/Branches/0/States/B: the machine has another state of that name',
    ],
  ])('refuses %s', (_, text, problem) => expectOneProblem(text, problem));
});
