import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../functions/report/execution.ts';
import { ended, failed } from '../../../functions/report/explanation.ts';
import { subjectLine } from '../../../functions/report/notice.ts';
import { anyCharacter } from '../../support/any-character.ts';

const word = (most: number) => fc.string({ unit: anyCharacter, minLength: 1, maxLength: most });
const orNull = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });

/** Anything that AWS could say of an execution, at AWS's own limits. */
const executions: fc.Arbitrary<Execution> = fc.record({
  arn: fc.stringMatching(/^arn:aws:states:[ -~]{200,241}$/),
  name: word(80),
  status: fc.constantFrom('FAILED', 'TIMED_OUT', 'ABORTED'),
  requestId: orNull(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/)),
  redrives: fc.nat(),
  redrivenAt: fc.constant(null),
  stoppedAt: fc.constant('2026-01-01T00:00:00.000Z'),
  error: orNull(
    fc.oneof(word(256), fc.constantFrom('InvalidRequest', 'PreflightFailed', 'NotReady', 'TypeError')),
  ),
  reason: fc.oneof(word(20), fc.constant(''), fc.constant('- a problem\n'.repeat(500))),
  output: fc.constant(''),
  isRedrivable: fc.boolean(),
});
const states = fc.option(
  fc.record({ name: fc.stringMatching(/^[ -~]{1,80}$/), tries: fc.nat(999), milliseconds: fc.nat() }),
  { nil: undefined },
);
const entries = fc.array(
  fc.record({
    item: fc
      .tuple(fc.constantFrom('directory', 'secret', 'login', 'instance', 'other'), word(99))
      .map(([kind, key]) => `made#${kind}#${key}`),
    execution: fc.constant('one'),
    at: fc.constant('2026-01-01T00:00:00.000Z'),
    id: fc.constant('d-1234567890'),
  }),
  { maxLength: 20 },
);

const isList = ({ error }: Execution): boolean => error === 'InvalidRequest' || error === 'PreflightFailed';

const failure: Execution = {
  arn: 'arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-1',
  name: 'orders-1',
  status: 'FAILED',
  requestId: 'orders',
  redrives: 0,
  redrivenAt: null,
  stoppedAt: '2026-01-01T00:00:00.000Z',
  error: null,
  reason: '',
  output: '',
  isRedrivable: true,
};

describe('an explanation', () => {
  it('is one short legible paragraph with a next move, whatever happened', () => {
    fc.assert(
      fc.property(executions, states, entries, (execution, state, made) => {
        const text = failed(execution, state, made);
        expect(text.length).toBeLessThanOrEqual(isList(execution) ? 20_000 : 1500);
        expect(text).not.toMatch(isList(execution) ? /[^\P{C}\n]/u : /\p{C}/u);
        expect(text).toContain(' Next: ');
        expect(text).toContain(made.length === 0 ? 'Nothing was made.' : ' ');
      }),
    );
  });

  it.each([
    ['adds what usually causes an error', 'AWS: internal error.', true],
    ['leaves that out where the step said it', 'AWS: denied. Usually the passwords differ.', false],
  ])('%s', (_, reason, adds) => {
    const text = failed({ ...failure, error: 'TrustFailed', reason }, undefined, []);

    expect(text).toContain(reason);
    expect(text.includes('Usually the two sides do not reach each other')).toBe(adds);
  });

  it('of what was ended from outside is one, too', () => {
    fc.assert(
      fc.property(
        executions,
        fc.array(fc.stringMatching(/^[ -~]{1,80}$/)),
        entries,
        (execution, names, made) => {
          const text = ended(execution, names, made);
          expect(text.length).toBeLessThanOrEqual(1500);
          expect(text).not.toMatch(/\p{C}/u);
          expect(text).toContain(' Next: when it may go on, ');
        },
      ),
    );
  });

  it('has a subject that SNS takes', () => {
    fc.assert(
      fc.property(executions, (execution) => {
        expect(subjectLine(execution)).toMatch(/^Forestbridge: [ -~]{1,85}$/);
      }),
    );
  });

  it.each([
    ['Delete it there, then start a new execution.', /then start a new execution of the same request/],
    ['Start a new execution. Else mend that, then redrive this one.', /then continue where it stopped/],
    ['Delete it there, then redrive the execution.', /then continue where it stopped/],
  ])('lets the step decide how to go on: %s', (reason, next) => {
    const text = failed({ ...failure, error: 'Conflict', reason }, undefined, []);
    expect(text.replace(/^.*Next: /, '')).toMatch(next);
  });

  it.each([
    ['a list of problems', 'PreflightFailed', 20_000],
    ['any other reason', 'TrustFailed', 1500],
  ])('cuts %s, never the next move', (_, error, most) => {
    const execution = { ...failure, error, reason: '- a problem\n'.repeat(5000) };
    const text = failed(execution, { name: 'Check account', tries: 1, milliseconds: 0 }, []);
    expect(text.length).toBeGreaterThan(most - 20);
    expect(text.length).toBeLessThanOrEqual(most);
    expect(text).toMatch(/\.\.\. \(shortened\)\.\s.* --execution-arn arn:\S+orders-1$/);
  });

  it('tells a list of problems whole', () => {
    const reason = Array.from({ length: 200 }, (_none, index) => `- problem ${index}.`).join('\n');
    const execution = { ...failure, error: 'PreflightFailed', reason };
    const text = failed(execution, { name: 'Check account', tries: 1, milliseconds: 0 }, []);
    expect(text).toContain(
      'The request orders failed at "Check account" on 2026-01-01T00:00:00Z with PreflightFailed. - problem 0.\n- problem 1.\n',
    );
    expect(text).toMatch(/\n- problem 199\.\nUsually .* --execution-arn arn:\S+orders-1$/);
  });

  it('cuts what was made, and the name of an error, before they crowd out the reason', () => {
    const made = ['directory', 'secret', 'login', 'instance'].flatMap((kind) =>
      ['1', '2', '3'].map((number) => ({
        item: `made#${kind}#${number.repeat(99)}`,
        execution: 'one',
        at: '2026-01-01T00:00:00.000Z',
        id: 'known',
      })),
    );
    const execution = { ...failure, error: 'E'.repeat(256), reason: 'It is this.' };
    const text = failed(execution, undefined, made);
    expect(text.length).toBeLessThanOrEqual(1500);
    expect(text).toContain(`with ${'E'.repeat(45)}... (shortened). It is this. No step`);
    expect(text).toContain('What exists now: directory 111');
    expect(text).toContain('... (shortened). Next: ');
  });

  it('names no state where none was under way', () => {
    expect(ended({ ...failure, status: 'ABORTED' }, [], [])).toContain(
      'The request orders was stopped on 2026-01-01T00:00:00Z. Who stopped it',
    );
  });

  it('has room for its outcome in the subject, however long the name', () => {
    expect(subjectLine({ ...failure, requestId: null, name: 'n'.repeat(80) })).toBe(
      `Forestbridge: ${'n'.repeat(60)} failed`,
    );
  });
});
