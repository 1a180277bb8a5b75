import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { layOut } from '../../scripts/draw/layout.ts';
import { main, pictureOf } from '../../scripts/draw-state-machines.ts';
import { loadStateMachine } from '../../simulator/states/definition/load.ts';
import { block, definition, task } from '../support/state-machines.ts';

const poll = { ErrorEquals: ['NotReady'], IntervalSeconds: 30, MaxAttempts: 90 };

const everyKind = definition({
  Begin: { Type: 'Pass', Next: 'Salt & <pepper>?' },
  'Salt & <pepper>?': {
    Type: 'Choice',
    Choices: [{ Condition: '{% $states.input.salt = "much" %}', Next: 'Rest' }],
    Default: 'Ask',
  },
  Rest: { Type: 'Wait', Seconds: 120, Next: 'Ask' },
  Ask: task('ask', { Retry: [poll], Catch: [{ ErrorEquals: ['Odd'], Next: 'Give up' }], Next: 'Both' }),
  Both: {
    Type: 'Parallel',
    Branches: [block({ One: task('one') }), block({ Two: task('two') })],
    Next: 'Each',
  },
  Each: { Type: 'Map', Items: [1], ItemProcessor: block({ Item: task('item') }), Next: 'Done' },
  Done: { Type: 'Succeed' },
  'Give up': { Type: 'Fail', Error: 'Odd', Cause: 'It was odd.' },
});
const picture = pictureOf('every-kind', everyKind);
const count = (pattern: RegExp): number => picture.match(pattern)?.length ?? 0;

describe('pictureOf', () => {
  it.each([
    'Begin',
    'Salt &amp; &lt;pepper&gt;?',
    'Rest',
    'Ask',
    'Both',
    'One',
    'Two',
    'Each',
    'Item',
    'Done',
    'Give up',
  ])('shows %s once', (name) => {
    expect(picture.split(`>${name}</text>`)).toHaveLength(2);
  });

  it('draws an arrow for every way on, and a dashed one for an error', () => {
    expect(count(/class="line"/g)).toBe(1 + 1 + 2 + 1 + 1 + 1 + 1 + 1 + 1 + 3 * 2);
    expect(count(/class="line caught"/g)).toBe(1);
  });

  it.each(['every 30 s', '2 min', 'states.input.salt = &quot;much&quot;', 'otherwise', 'Odd'])(
    'says %s beside it',
    (note) => {
      expect(picture).toContain(`>${note}</text>`);
    },
  );

  it('begins and ends every graph with a dot', () => {
    expect(count(/<circle class="start"/g)).toBe(4);
    expect(count(/<circle class="end"/g)).toBe(4);
  });

  it('has its title in words', () => {
    expect(picture).toContain('<title>The workflow every-kind: its states</title>');
  });
});

describe('layOut', () => {
  const { boxes, width, height } = layOut(loadStateMachine(everyKind));

  it('places every box inside the picture', () => {
    for (const box of boxes) {
      expect(Math.min(box.x - box.width / 2, box.y - box.height / 2)).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width / 2).toBeLessThanOrEqual(width);
      expect(box.y + box.height / 2).toBeLessThanOrEqual(height);
    }
  });

  it('lets no box touch another', () => {
    const touching = boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .filter(
          (other) =>
            Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
            Math.abs(one.y - other.y) < (one.height + other.height) / 2,
        )
        .map((other) => [one.name, other.name]),
    );
    expect(touching).toEqual([]);
  });

  it('places above what fails what an error leads back to, by however many states', () => {
    const mending = definition({
      Ask: task('ask', { Next: 'Wait', Catch: [{ ErrorEquals: ['Odd'], Next: 'Mend' }] }),
      Mend: { Type: 'Pass', Next: 'Ask' },
      Wait: { Type: 'Wait', Seconds: 120, Next: 'Look' },
      Look: task('look', { Next: 'Done', Catch: [{ ErrorEquals: ['Odd'], Next: 'Mend' }] }),
      Done: { Type: 'Succeed' },
    });
    const drawing = layOut(loadStateMachine(mending));
    const middle = (name: string): number => drawing.boxes.find((box) => box.name === name)?.y ?? 0;

    const inOrder = ['Mend', 'Ask', 'Wait', 'Look', 'Done'];
    expect(inOrder.toSorted((one, other) => middle(one) - middle(other))).toEqual(inOrder);
    const errors = drawing.lines.filter(({ caught }) => caught);
    expect(errors).toHaveLength(2);
    for (const { points } of errors) {
      const heights = points.map(({ y }) => y);
      expect(heights).toEqual(heights.toSorted((one, other) => other - one));
    }
  });
});

describe('main', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pictures-'));
    writeFileSync(join(folder, 'every-kind.asl.json'), everyKind);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    vi.restoreAllMocks();
  });

  it('writes a picture beside whose definition --check then finds nothing', () => {
    expect(main(folder, folder, [])).toBe(0);
    expect(readFileSync(join(folder, 'every-kind.svg'), 'utf8')).toBe(picture);
    expect(main(folder, folder, ['--check'])).toBe(0);
  });

  it.each([
    ['is missing', () => {}],
    ['is stale', (file: string) => writeFileSync(file, picture.replace('Begin', 'Start'))],
  ])('says with --check which picture %s', (_, spoil) => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    spoil(join(folder, 'every-kind.svg'));

    expect(main(folder, folder, ['--check'])).toBe(1);

    expect(error.mock.calls).toEqual([[expect.stringContaining('every-kind.svg is stale: run node')]]);
  });
});
