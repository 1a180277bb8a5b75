import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { Timeline } from '../../cli/timeline.ts';
import { block, type Fields, type Functions, failing, run, task } from '../support/state-machines.ts';

const end = { End: true };
const patient = {
  Retry: [{ ErrorEquals: ['NotReady'], IntervalSeconds: 10, MaxAttempts: 9, BackoffRate: 1 }],
};
const caught = (Next: string): Fields => ({ Catch: [{ ErrorEquals: ['X'], Next }] });

/** The visits of an execution, each in a line: branch, name, ending, seconds and calls. */
const visitsOf = (events: readonly HistoryEvent[]): readonly string[] => {
  const timeline = new Timeline();
  timeline.read(events);
  return timeline.visits.map(({ branch, name, ending, enteredAt, leftAt, calls }) =>
    [branch, name, ending, ((leftAt ?? 0) - enteredAt) / 1000, calls].join(' ').trim(),
  );
};

const told = async (states: Fields, functions: Functions = {}): Promise<readonly string[]> => {
  const { execution } = await run(states, {}, functions);
  return visitsOf(execution.history.events);
};

describe('a timeline', () => {
  it('tells how long each step took and how often it was asked', async () => {
    const states = {
      Poll: task('Poll', { ...patient, Next: 'Pass it' }),
      'Pass it': { Type: 'Pass', Next: 'Pause' },
      Pause: { Type: 'Wait', Seconds: 30, ...end },
    };

    expect(await told(states, { Poll: failing(['NotReady', 'NotReady']) })).toEqual([
      'Poll done 20 3',
      'Pause done 30 0',
    ]);
  });

  it('tells that a step handed its failure on', async () => {
    const states = {
      Ask: task('Ask', { ...caught('Wait'), ...end }),
      Wait: { Type: 'Wait', Seconds: 1, ...end },
    };

    expect(await told(states, { Ask: failing(['X']) })).toEqual(['Ask handed on 0 1', 'Wait done 1 0']);
  });

  it('places steps in their branches, and what follows these outside again', async () => {
    const inner = {
      Type: 'Parallel',
      Branches: [block({ B1: task('f') }), block({ B2: task('f') })],
      ...end,
    };
    const states = {
      Both: {
        Type: 'Parallel',
        Branches: [block({ A: task('f') }), block({ Two: inner })],
        Next: 'After',
      },
      After: task('f'),
    };

    expect((await told(states, { f: () => 1 })).toSorted()).toEqual([
      'After done 0 1',
      'a A done 0 1',
      'ba B1 done 0 1',
      'bb B2 done 0 1',
    ]);
  });

  it('tells the step that failed from those that were called off by it', async () => {
    const slow = block({ Pause: { Type: 'Wait', Seconds: 5, Next: 'Fail' }, Fail: task('Fail') });
    const polls = block({ Poll: task('Poll', { ...patient, ...end }) });
    const states = {
      All: {
        Type: 'Parallel',
        Branches: [polls, slow, block({ Long: { Type: 'Wait', Seconds: 60, ...end } })],
        ...end,
      },
    };
    const functions = { Poll: failing(Array.from({ length: 9 }, () => 'NotReady')), Fail: failing(['X']) };

    expect((await told(states, functions)).toSorted()).toEqual([
      'a Poll called off 5 1',
      'b Fail failed 0 1',
      'b Pause done 5 0',
      'c Long called off 5 0',
    ]);
  });

  it('goes on after branches whose failure was caught', async () => {
    const states = {
      All: {
        Type: 'Parallel',
        Branches: [block({ Fail: task('Fail') }), block({ Long: { Type: 'Wait', Seconds: 60, ...end } })],
        ...caught('Mend'),
        ...end,
      },
      Mend: { Type: 'Wait', Seconds: 7, ...end },
    };

    expect(await told(states, { Fail: failing(['X']) })).toEqual([
      'a Fail handed on 0 1',
      'b Long called off 0 0',
      'Mend done 7 0',
    ]);
  });

  it('ends the branches around those that failed, too', async () => {
    const inner = { Type: 'Parallel', Branches: [block({ Fail: task('Fail') })], ...end };
    const states = {
      All: {
        Type: 'Parallel',
        Branches: [block({ Inner: inner }), block({ Long: { Type: 'Wait', Seconds: 60, ...end } })],
        ...caught('Mend'),
        ...end,
      },
      Mend: { Type: 'Wait', Seconds: 7, ...end },
    };

    expect((await told(states, { Fail: failing(['X']) })).toSorted()).toEqual([
      'Mend done 7 0',
      'aa Fail handed on 0 1',
      'b Long called off 0 0',
    ]);
  });

  it('knows the failed step also where the last event names none before it', async () => {
    const { execution } = await run({ Fail: task('Fail') }, {}, { Fail: failing(['X']) });
    const events = execution.history.events.slice(0, -1);
    const [last] = execution.history.events.slice(-1);
    if (last?.type !== 'ExecutionFailed') throw new Error('It did not fail.');
    events.push({ ...last, previousEventId: 0 });

    expect(visitsOf(events)).toEqual(['Fail failed 0 1']);
  });

  it('calls everything off that runs when the execution is ended from outside', async () => {
    const { execution } = await run({ Ask: task('Ask', { ...patient, ...end }) }, {}, { Ask: () => 1 });
    const [started, entered, scheduled] = execution.history.events;
    if (started === undefined || entered === undefined || scheduled === undefined)
      throw new Error('No events.');
    const aborted: HistoryEvent = { ...scheduled, id: 4, previousEventId: 0, type: 'ExecutionAborted' };

    expect(visitsOf([started, entered, scheduled, aborted])).toEqual(['Ask called off 0 1']);
  });

  it('takes each event once, however often it reads it, and gives what ended in that order', async () => {
    const states = {
      All: {
        Type: 'Parallel',
        Branches: [30, 10, 20].map((Seconds) =>
          block({ [`Wait ${Seconds}`]: { Type: 'Wait', Seconds, ...end } }),
        ),
        ...end,
      },
    };
    const { execution } = await run(states);
    const timeline = new Timeline();
    const names = (count: number) =>
      timeline.read(execution.history.events.slice(0, count)).map(({ name }) => name);

    expect(names(6)).toEqual([]);
    expect(timeline.running.map(({ name }) => name)).toEqual(['Wait 30', 'Wait 10', 'Wait 20']);
    expect(timeline.stoppedAt).toBeNull();
    expect(names(7)).toEqual(['Wait 10']);
    expect(names(99)).toEqual(['Wait 20', 'Wait 30']);
    expect(names(99)).toEqual([]);
    expect(timeline.stoppedAt).toBe(execution.standing.stoppedAt);
  });

  it('is not over any more when the execution is redriven', async () => {
    const { execution } = await run({ Ask: task('Ask') }, {}, { Ask: failing(['X']) });
    const timeline = new Timeline();
    timeline.read(execution.history.events);
    expect(timeline.stoppedAt).not.toBeNull();

    execution.redrive();
    timeline.read(execution.history.events);
    expect(timeline.stoppedAt).toBeNull();
    await execution.ended;
    timeline.read(execution.history.events);

    expect(timeline.visits.map(({ ending }) => ending)).toEqual(['failed', 'done']);
    expect(timeline.stoppedAt).not.toBeNull();
  });
});
