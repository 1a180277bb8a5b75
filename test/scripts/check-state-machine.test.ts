import { describe, expect, it } from 'vitest';
import { countStates, problemsOf } from '../../scripts/check-state-machine.ts';
import { block, definition, type Fields } from '../support/state-machines.ts';
import { named, passing, poll, task, throttled } from './tasks.ts';

describe('problemsOf', () => {
  it('finds nothing in tasks that keep every rule', async () => {
    const kept: readonly Fields[] = [
      task(),
      task({ Retry: [{ ...poll, BackoffRate: 1.1, MaxDelaySeconds: 90 }, throttled, passing] }),
      task(named('${EnsureDirectory2}')),
      { Type: 'Parallel', Branches: [block({ 'B 1': task() }), block({ 'B 2': task() })], End: true },
    ];
    const Branches = kept.map((state, index) => block({ [`A ${index}`]: state }));
    expect(await problemsOf(definition({ All: { Type: 'Parallel', Branches, End: true } }))).toEqual([]);
  });

  it('finds a time for the whole state machine', async () => {
    const problems = await problemsOf(definition({ A: task() }, { TimeoutSeconds: 60 }));
    expect(problems).toEqual(['/TimeoutSeconds: only a Task has one, so that a redrive can go on']);
  });

  it('asks the tools of others too', async () => {
    const problems = await problemsOf(definition({ A: task({ Foo: 1 }) }));
    expect(problems).toEqual([
      '/States/A/Foo: is not a field here',
      expect.stringMatching(/^asl-validator: /),
      expect.stringMatching(/^line 1: /),
    ]);
  });

  it('says so where a file holds no JSON', async () => {
    expect(await problemsOf('{')).toEqual([expect.stringContaining('/: it is not JSON')]);
  });
});

describe('countStates', () => {
  it('counts those in branches too', () => {
    const state = { Type: 'Parallel', Branches: [block({ B: task() }), block({ C: task() })], End: true };
    expect(countStates(definition({ A: state }))).toBe(3);
  });
});
