import { describe, expect, it } from 'vitest';
import { expectOneProblem, output, pass, problemsOf } from '../../../support/definitions.ts';
import { definition, task } from '../../../support/state-machines.ts';

describe('loadStateMachine', () => {
  it.each<[string, string, string]>([
    ['bad JSONata', definition(output('1 +')), '/States/A/Output: this is not JSONata'],
    [
      'bad JSONata deep inside',
      definition({ A: pass({ End: true, Output: { a: ['{% ( %}'] } }) }),
      '/States/A/Output/a/0: this is not JSONata',
    ],
    ['$states.inpt', definition(output('$states.inpt.a')), '/States/A/Output: there is no $states.inpt'],
    [
      'a result where there is none',
      definition(output('$states.result')),
      '/States/A/Output: there is no $states.result',
    ],
    [
      'a result before there is one',
      definition({ A: task('F', { TimeoutSeconds: '{% $states.result %}' }) }),
      '/States/A/TimeoutSeconds: there is no $states.result',
    ],
    [
      'an error outside of a catcher',
      definition({ A: task('F', { Output: '{% $states.errorOutput %}' }) }),
      '/States/A/Output: there is no $states.errorOutput',
    ],
    [
      'an unknown context',
      definition(output('$states.context.Exection.Id')),
      '/States/A/Output: there is no $states.context.Exection',
    ],
    [
      'an unknown name in the context',
      definition(output('$states.context.State.Retries')),
      '/States/A/Output: there is no $states.context.State.Retries',
    ],
    [
      'a token without waiting',
      definition({ A: task('F', { Output: '{% $states.context.Task.Token %}' }) }),
      '/States/A/Output: there is no $states.context.Task',
    ],
    [
      'an item outside of a Map',
      definition(output('$states.context.Map.Item.Index')),
      '/States/A/Output: there is no $states.context.Map',
    ],
    [
      'a name at the top level',
      definition(output("'a' & phone.number")),
      "/States/A/Output: 'phone' stands at the top level",
    ],
    ['$ at the top level', definition(output('$ + 1')), "/States/A/Output: '$' stands at the top level"],
    ['$$', definition(output('$states.input.a[b = $$.c]')), "/States/A/Output: '$$' reads nothing"],
    ['$eval', definition(output("$eval('1')")), '/States/A/Output: AWS does not run $eval'],
  ])('refuses %s', (_, text, problem) => expectOneProblem(text, problem));

  it.each([
    ['a variable of the expression itself', output('($x := 1; $x)')],
    ['the arguments of its functions', output('$map([1], function($v, $i) { $v + $i })')],
    ['a focus and an index', output('$states.input.a@$f#$i.{"f": $f, "i": $i}')],
    ['a name inside a predicate', output("$states.input.a[name = 'x'].b")],
    ['$ inside a predicate', output('$states.input.a[$ > 1]')],
    ['a name inside a transformation', output('$states.input ~> |a|{"b": c}|')],
    ['all there is', output('$states')],
  ])('takes %s', (_, states) => {
    expect(problemsOf(definition(states))).toEqual([]);
  });
});
