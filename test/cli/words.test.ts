import { describe, expect, it } from 'vitest';
import type { Visit } from '../../cli/timeline.ts';
import { duration, visitLine, wrapped } from '../../cli/words.ts';

const screen = { isTerminal: false, width: 100, write: () => {} };
const start = Date.UTC(2026, 0, 5);
const visit: Visit = {
  name: 'Await directory',
  branch: 'ab',
  enteredAt: start + 60_000,
  leftAt: start + 3_725_000,
  calls: 34,
  ending: 'done',
};

describe('a line of the view', () => {
  it('tells when a step ended, in which branch, how long it took and how often it polled', () => {
    expect(visitLine(visit, start, start, screen)).toBe(
      '+1:02:05  ✓     b Await directory                        61 min 5 s  polled 33 times',
    );
  });

  it.each([
    [{ calls: 1 }, /✓ .* 61 min 5 s$/],
    [{ calls: 2 }, / {2}polled once$/],
    [{ calls: 0, leftAt: visit.enteredAt }, /Await directory$/],
    [{ ending: 'failed' }, /✗ .* polled 33 times, failed$/],
    [{ ending: 'called off', calls: 1 }, /■ .* called off$/],
    [{ ending: 'handed on' }, /→/],
  ] as const)('says no more than there is: %j', (difference, line) => {
    expect(visitLine({ ...visit, ...difference }, start, start, screen)).toMatch(line);
  });

  it('grows with the time of what is under way, and never runs backwards', () => {
    const running: Visit = { ...visit, leftAt: null, ending: 'running', calls: 1 };

    expect(visitLine(running, start, start + 90_000, screen)).toMatch(/^\+0:01:30 {2}… .* 30 s$/);
    expect(visitLine(running, start, start, screen)).toMatch(/^\+0:01:00 {2}… .*Await directory$/);
  });

  it.each([20, 40, 60, 80])('has room in %i columns', (width) => {
    const line = visitLine(visit, start, start, { ...screen, width });

    expect(line.length).toBeLessThanOrEqual(width);
    expect(line).toMatch(/^\+1:02:05 {2}✓ {5}b Aw/);
  });
});

describe('a length of time', () => {
  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [60, '1 min'],
    [61, '1 min 1 s'],
    [3418, '56 min 58 s'],
  ])('of %f s reads %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('a text', () => {
  it('is broken between words, keeps its own lines, and indents the points of a list', () => {
    expect(wrapped('one two three\n- four five\n\nsix', 9)).toBe('one two\nthree\n- four\n  five\n\nsix');
  });

  it('never breaks a word', () => {
    expect(wrapped('a arn:aws:states:eu-central-1 b', 10)).toBe('a\narn:aws:states:eu-central-1\nb');
  });
});
