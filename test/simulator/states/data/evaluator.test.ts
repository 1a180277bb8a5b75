import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Evaluator } from '../../../../simulator/states/data/evaluator.ts';
import type { Json } from '../../../../simulator/states/data/json.ts';
import { VirtualClock } from '../../../../simulator/world/clock.ts';
import { Random } from '../../../../simulator/world/random.ts';

const time = Date.UTC(2026, 1, 3, 4, 5, 6, 7);
const evaluator = (seed = 1): Evaluator => new Evaluator(new VirtualClock(time), new Random(seed));
const value = (template: Json, bindings: Readonly<Record<string, unknown>> = {}): Promise<Json> =>
  evaluator().evaluate(template, 'Output', bindings);
const of = (expression: string, bindings = {}): Promise<Json> => value(`{% ${expression} %}`, bindings);

describe('Evaluator', () => {
  it.each<[string, Json]>([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(-1.7, 1, 1)', [-1, 0, 1]],
    ['$range(4, 4, 1)', 4],
    ["$hash('a', 'MD5')", '0cc175b9c0f1b6a831c399e269772661'],
    ["$hash('a', 'SHA-1')", '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
    ["$hash('a', 'SHA-256')", 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ["$length($hash('a', 'SHA-384'))", 96],
    ["$length($hash('a', 'SHA-512'))", 128],
    ['$parse(\'{"a":[1,null]}\').a[0]', 1],
    ['$now()', '2026-02-03T04:05:06.007Z'],
    ["$now('[Y0001]-[M01]-[D01] [H01]', '+0100')", '2026-02-03 05'],
    ['$millis()', time],
    ['$random(7) = $random(7)', true],
    ['null', null],
    ["{'a': null, 'b': nothing}", { a: null }],
    ['$map([1,2], $string)', ['1', '2']],
    ['($x := 2; $x * 3)', 6],
  ])('answers %s', async (expression, expected) => {
    expect(await of(expression)).toEqual(expected);
  });

  it.each([
    ['$partition([1], 0)', 'returned nothing (undefined)'],
    ['$partition([], 2)', 'returned nothing (undefined)'],
    ['$range(1, 2)', 'returned nothing (undefined)'],
    ['$range(1, 5, -1)', 'returned nothing (undefined)'],
    ['$range(1, 5, 0)', 'returned nothing (undefined)'],
    ["$hash('a', 'sha-256')", 'returned nothing (undefined)'],
    ["$hash('a')", 'returned nothing (undefined)'],
    ['$missing', 'returned nothing (undefined)'],
    ['$sum', 'returned nothing (undefined)'],
    ["$eval('1')", 'T1006: Attempted to invoke a non-function'],
    ["$parse('{')", 'threw an error during evaluation'],
    ["$error('not so')", 'not so'],
    ['($f := function($n){ 1 + $f($n) }; $f(1))', 'Stack overflow'],
  ])('refuses %s', async (expression, why) => {
    await expect(of(expression)).rejects.toMatchObject({
      name: 'QueryFailed',
      field: 'Output',
      message: expect.stringContaining(
        `The JSONata expression '${expression}' specified for the field 'Output'`,
      ),
    });
    await expect(of(expression)).rejects.toThrow(why);
  });

  it('names the place of an expression inside a template', async () => {
    const template = { a: [1, { b: '{% $missing %}' }] };
    await expect(value(template)).rejects.toMatchObject({ field: 'Output/a[1]/b' });
  });

  it('leaves everything as it is that is no expression', async () => {
    const template = { text: 'a {% b %}', open: '{% b', number: 1.5, list: [true, null, []] };
    expect(await value(template)).toEqual(template);
  });

  it('reads bindings, and answers with a copy of them', async () => {
    const input = { items: [{ n: 1 }, { n: 2 }] };
    const answer = await of('$states.input', { states: { input } });
    expect(answer).toEqual(input);
    expect(answer).not.toBe(input);
    expect(await of('$states.input.items.n', { states: { input } })).toEqual([1, 2]);
  });

  it('draws the same numbers and ids from the same seed, and others from another', async () => {
    const template = ['{% $random() %}', '{% $uuid() %}', '{% $random() %}'];
    const draw = (seed: number): Promise<Json> => evaluator(seed).evaluate(template, 'Output', {});
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
  });

  it('makes ids of version 4', async () => {
    const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        expect(await evaluator(seed).evaluate('{% $uuid() %}', 'Output', {})).toMatch(pattern);
      }),
    );
  });

  it('hands every JSON value through', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (input) => {
        const plain: unknown = JSON.parse(JSON.stringify(input));
        expect(await of('$states.input', { states: { input: plain } })).toEqual(plain);
      }),
    );
  });
});
