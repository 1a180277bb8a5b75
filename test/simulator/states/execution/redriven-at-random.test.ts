import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redriven } from '../../../support/redriven.ts';
import { block, task, thrown } from '../../../support/state-machines.ts';

const end = { End: true };

describe('redriving an execution', () => {
  it('leaves every state once, whatever fails how often', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    const states = {
      A: task('A', { Assign: { a: '{% $states.result.Payload %}' }, Next: 'P' }),
      P: {
        Type: 'Parallel',
        Branches: [
          block({ B: task('B', { Next: 'C' }), C: task('C') }),
          block({
            Q: {
              Type: 'Parallel',
              Branches: [
                block({ D: task('D') }),
                block({ W: { Type: 'Wait', Seconds: 5, Next: 'E' }, E: task('E') }),
              ],
              ...end,
            },
          }),
          block({
            M: { Type: 'Map', Items: '{% [$a, $a] %}', ItemProcessor: block({ F: task('F') }), ...end },
          }),
        ],
        Next: 'G',
      },
      G: task('G', { Output: '{% {"in": $states.input, "a": $a, "g": $states.result.Payload} %}' }),
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { minLength: 7, maxLength: 7 }), async (failures) => {
        const functions = Object.fromEntries(
          names.map((name, index) => {
            let left = failures[index] ?? 0;
            const answer = (): string => {
              left -= 1;
              if (left >= 0) throw thrown('X');
              return name.toLowerCase();
            };
            return [name, answer] as const;
          }),
        );
        const { execution } = await redriven(states, functions);
        expect(execution.standing.output).toEqual({ in: ['c', ['d', 'e'], ['f', 'f']], a: 'a', g: 'g' });
        const { events } = execution.history;
        const left = events.filter(({ type }) => type === 'TaskStateExited');
        const done = left.map(({ stateExitedEventDetails: details }) => details?.name ?? '');
        expect(done.toSorted()).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'F', 'G']);
        expect(
          events.every(({ id, previousEventId = -1 }, index) => id === index + 1 && previousEventId < id),
        ).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
