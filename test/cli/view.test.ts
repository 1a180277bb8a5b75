import { describe, expect, it } from 'vitest';
import { View } from '../../cli/view.ts';
import { block, failing, run, task } from '../support/state-machines.ts';
import { shownOn } from '../support/terminal.ts';

const end = { End: true };
const patient = {
  Retry: [{ ErrorEquals: ['NotReady'], IntervalSeconds: 10, MaxAttempts: 9, BackoffRate: 1 }],
};

const polled = (times: number) => failing(Array.from({ length: times }, () => 'NotReady'));

const eventsOfPolls = async () => {
  const branches = [1, 2, 3].map((polls) =>
    block({ [`Await ${polls}`]: task(`poll${polls}`, { ...patient, ...end }) }),
  );
  const states = {
    First: task('ok', { Next: 'All' }),
    All: { Type: 'Parallel', Branches: branches, Next: 'Last' },
    Last: task('ok'),
  };
  const { execution } = await run(
    states,
    {},
    { ok: () => 1, poll1: polled(1), poll2: polled(2), poll3: polled(3) },
  );
  return execution.history.events;
};

/** What was written to a screen that was shown the events in pieces. */
const writtenOn = (
  isTerminal: boolean,
  width: number,
  events: Awaited<ReturnType<typeof eventsOfPolls>>,
  pieces: number,
): readonly string[] => {
  const written: string[] = [];
  const view = new View({ isTerminal, width, write: (text) => void written.push(text) });
  for (let piece = 1; piece <= pieces; piece += 1)
    view.show(events.slice(0, Math.ceil((events.length * piece) / pieces)), 0);
  return written;
};

describe('the view', () => {
  it('is one line for each step in a pipe, and none twice', async () => {
    const events = await eventsOfPolls();
    const lines = writtenOn(false, 100, events, 7).join('').split('\n');

    expect(lines.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      '+0:00:00 ✓ First',
      '+0:00:10 ✓ a Await 1 10 s polled once',
      '+0:00:20 ✓ b Await 2 20 s polled 2 times',
      '+0:00:30 ✓ c Await 3 30 s polled 3 times',
      '+0:00:30 ✓ Last',
      '',
    ]);
  });

  it.each([100, 50])('leaves the same lines on a terminal of %i columns', async (width) => {
    const events = await eventsOfPolls();
    const plain = writtenOn(false, width, events, 1).join('');

    for (const pieces of [1, 2, 5, events.length])
      expect(shownOn(writtenOn(true, width, events, pieces).join('')).join('\n')).toBe(plain);
  });

  it('shows what is under way on a terminal: as running, also while it waits for its next poll', async () => {
    const events = await eventsOfPolls();
    const third = events.findIndex(({ type }) => type === 'ParallelStateStarted') + 10;
    const view: string[] = [];
    new View({ isTerminal: true, width: 100, write: (text) => void view.push(text) }).show(
      events.slice(0, third),
      0,
    );

    const marks = shownOn(view.join('')).map((line) => line.split(' ')[2]);
    expect(marks).toEqual(['✓', '…', '…', '…', undefined]);
  });

  it('writes nothing where nothing is new', async () => {
    const events = await eventsOfPolls();
    const written: string[] = [];
    const view = new View({ isTerminal: false, width: 100, write: (text) => void written.push(text) });
    view.show(events, 0);
    written.length = 0;
    view.show(events, 1);

    expect(written).toEqual([]);
  });

  it('goes by the time of the account where that is ahead', async () => {
    const events = await eventsOfPolls();
    const waiting = events.findLastIndex(({ type }) => type === 'TaskScheduled') - 8;
    const written: string[] = [];
    const view = new View({ isTerminal: true, width: 100, write: (text) => void written.push(text) });
    view.show(events.slice(0, waiting), 0);

    const last = shownOn(written.join('')).at(-2);
    expect(last).toMatch(/^\+0:00:20 {2}… .* 20 s/);
  });
});
