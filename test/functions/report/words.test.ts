import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  duration,
  legible,
  listed,
  moment,
  oneLine,
  sentence,
  shortened,
} from '../../../functions/report/words.ts';
import { anyCharacter } from '../../support/any-character.ts';

const anything = fc.string({ unit: anyCharacter });

describe('words', () => {
  it.each([
    ['a\u001B[31mb\u202Ec', 'a [31mb c', 'a [31mb c'],
    ['  a  \t b\r\nc ', 'a b\nc', 'a b c'],
    ['a\n\nb', 'a\n\nb', 'a b'],
    ['Äußerung 日本', 'Äußerung 日本', 'Äußerung 日本'],
  ])('%j are legible, with and without lines', (text, lines, line) => {
    expect(legible(text)).toBe(lines);
    expect(oneLine(text)).toBe(line);
  });

  it('never carry control characters, whatever they are made of', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(legible(text)).not.toMatch(/[^\P{C}\n]/u);
        expect(oneLine(text)).not.toMatch(/\p{C}/u);
      }),
    );
  });

  it('are shortened only where they are too long, and between characters', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 15, max: 40 }), (text, most) => {
        const short = shortened(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        if (text.length <= most) expect(short).toBe(text);
        else expect(short.endsWith('... (shortened)')).toBe(true);
      }),
    );
    expect(shortened(`aaa  ${'a'.repeat(30)}`, 20)).toBe('aaa... (shortened)');
    expect(shortened('a'.repeat(30), 20)).toBe('aaaaa... (shortened)');
    expect(shortened('a'.repeat(20), 20)).toBe('a'.repeat(20));
    expect(shortened(`aaaa${'\u{1F600}'.repeat(20)}`, 20)).toBe('aaaa\uFFFD... (shortened)');
  });

  it.each([
    ['Done', 'Done.'],
    ['Done.', 'Done.'],
    ['Done?', 'Done?'],
    ['Done!', 'Done!'],
    ['Done (all)', 'Done (all).'],
  ])('%j end as a sentence', (text, ended) => {
    expect(sentence(text)).toBe(ended);
  });

  it.each([
    [0, '0 s'],
    [1499, '1 s'],
    [119_499, '119 s'],
    [119_500, '2 min'],
    [150_000, '3 min'],
    [7_169_000, '119 min'],
    [7_170_000, '2 h'],
    [9_600_000, '2 h 40 min'],
    [86_400_000, '24 h'],
  ])('%i milliseconds are %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it('tell a moment to the second', () => {
    expect(moment('2026-01-02T03:04:05.678Z')).toBe('2026-01-02T03:04:05Z');
  });

  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd'], 'a, b, c and 1 more'],
  ])('list %j', (names, text) => {
    expect(listed(names)).toBe(text);
  });
});
