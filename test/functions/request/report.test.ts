import { describe, expect, it } from 'vitest';
import { report } from '../../../functions/request/report.ts';
import { parseRequest } from '../../../functions/request/schema.ts';
import { changed, example, problemsOf } from './requests.ts';

const messageOf = (json: unknown): string => {
  try {
    return JSON.stringify(parseRequest(json));
  } catch (error) {
    return String(error);
  }
};

/** The example with that many tags that are wrong. */
const many = (count: number) =>
  changed(
    example('one-way-forest'),
    ['tags'],
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`key${index}`, `${index}`.padEnd(300, '\u0000')]),
    ),
  );

describe('the message of a request that is wrong', () => {
  it('reads as a list of sentences', () => {
    const request = changed(
      changed(example('one-way-forest'), ['requestId'], undefined),
      ['trust', 'type'],
      4,
    );

    expect(messageOf(request)).toBe(
      [
        'InvalidRequest: The request has 2 problems:',
        '- requestId: write 1 to 40 letters, digits and hyphens, the first no hyphen, such as "orders-2025"; it is missing.',
        '- trust.type: write "Forest" or "External"; found 4.',
      ].join('\n'),
    );
  });

  it('says so where there is one problem', () => {
    expect(messageOf(null)).toBe(
      'InvalidRequest: The request has a problem:\n- request: write an object of requestId, directory, onPremises, trust, database, onFailure, tags; found null.',
    );
  });

  it('says a thing once, however many of its rules are broken', () => {
    const request = changed(example('one-way-forest'), ['directory', 'description'], `,${'x'.repeat(200)}`);

    expect(problemsOf(request)).toHaveLength(1);
  });

  it('shows only the beginning of what is long', () => {
    const request = changed(example('one-way-forest'), ['requestId'], `${'x'.repeat(60)}yz`);

    expect(messageOf(request)).toContain(`; found "${'x'.repeat(60)}…".`);
  });

  it('shows the whole of what just fits', () => {
    const request = changed(example('one-way-forest'), ['requestId'], 'x'.repeat(60));

    expect(messageOf(request)).toContain(`; found "${'x'.repeat(60)}".`);
  });

  it.each([
    ['a line break', 'a\nb', '"a\\nb"'],
    ['an escape sequence', '\u001b[31m', '"\\u001b[31m"'],
    ['an escape of eight bits', '\u009b31m', '"\\u009b31m"'],
    ['a change of direction', '\u202egnp', '"\\u202egnp"'],
    ['a line separator', 'a\u2028b\u2029', '"a\\u2028b\\u2029"'],
    ['a character outside the first plane that is none', '\u{1fffe}', '"\\ud83f\\udffe"'],
    ['a dot', 'a.b', '"a.b"'],
    ['a backslash and a quote', '\\"', '"\\\\\\""'],
  ])('shows %s harmlessly, as value and as name', (_, text, shown) => {
    const value = changed(example('one-way-forest'), ['requestId'], text);
    const name = changed(example('one-way-forest'), [text], 1);

    expect(problemsOf(value)).toEqual([expect.stringContaining(`; found ${shown}.`)]);
    expect(problemsOf(name)).toEqual([expect.stringContaining(`- [${shown}]: leave it out`)]);
  });

  it('shows other values as they are written, and leaves out what is no single value', () => {
    const values = [true, -0.5, Number.NaN, null, {}, []];

    const endings = values.map((value) =>
      problemsOf(changed(example('one-way-forest'), ['requestId'], value)).map((problem) =>
        problem.slice(problem.indexOf('"orders-2025"') + 13),
      ),
    );

    expect(endings).toEqual([
      ['; found true.'],
      ['; found -0.5.'],
      ['; found NaN.'],
      ['; found null.'],
      ['.'],
      ['.'],
    ]);
  });

  it('names many problems, and then only how many more there are', () => {
    expect(problemsOf(many(39))).toHaveLength(39);
    expect(problemsOf(changed(many(40), ['trust'], undefined)).at(-1)).toContain('key39');
    const fifty = changed(
      many(40),
      ['database', 'subnetIds'],
      Array.from({ length: 10 }, () => 7),
    );
    const lines = problemsOf(
      changed(
        many(40),
        ['database', 'subnetIds'],
        Array.from({ length: 20 }, () => 7),
      ),
    );
    expect(problemsOf(fifty)).toHaveLength(50);
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('- and 10 more.');
    expect(lines.join('\n').length).toBeLessThan(32_768);
  });

  it('calls missing what stands under something missing', () => {
    const message = report([{ code: 'custom', path: ['trust', 'type'], message: 'write it' }], {});

    expect(message).toBe('The request has a problem:\n- trust.type: write it; it is missing.');
  });

  it('takes a key of any name for no field of its own', () => {
    const request: unknown = JSON.parse(
      '{"__proto__": {"requestId": "orders"}, "toString": 1, "constructor": 2}',
    );

    const problems = problemsOf(request);

    expect(problems.map((problem) => problem.replace(/:.*/, ''))).toEqual([
      '- requestId',
      '- directory',
      '- onPremises',
      '- trust',
      '- ["__proto__"]',
      '- toString',
      '- constructor',
    ]);
    expect(problems[0]).toContain('; it is missing');
  });

  it('does not lose a tag that could become a prototype', () => {
    const request = changed(
      example('one-way-forest'),
      ['tags'],
      JSON.parse('{"__proto__": "x", "team": "orders"}'),
    );

    expect(problemsOf(request)).toEqual([expect.stringContaining('- tags["__proto__"]: write tags as keys')]);
  });
});
