import { describe, expect, it } from 'vitest';
import { NotReady, TrustFailed } from '../../../functions/support/errors.ts';
import type { Ledger } from '../../../functions/support/ledger.ts';
import { at, execution, prepare } from '../../support/ledger-account.ts';

const enter = (ledger: Ledger): Promise<boolean> => ledger.making('half-in-aws', 'x');
const attempt = <Made>(ledger: Ledger, isNew: boolean, make: () => Promise<Made>): Promise<Made> =>
  ledger.attempt(isNew, 'half-in-aws', 'x', make);

const answer = (name: string, httpStatusCode: number): Error =>
  Object.assign(new Error('So.'), { name, $metadata: { httpStatusCode } });

describe('Ledger attempts to make a thing', () => {
  const kept = { item: 'made#half-in-aws#x', execution, at };

  it('and hands on what was made, entering nothing itself', async () => {
    const { ledger, calls } = await prepare();

    await expect(attempt(ledger, true, async () => 't-1')).resolves.toBe('t-1');

    expect(calls).toEqual([]);
  });

  const refusal = answer('InvalidParameterException', 400);
  const throttling = answer('ThrottlingException', 400);
  const busy = new NotReady('Wait.', { cause: answer('BusyException', 400) });

  it.each([
    ['new', 'AWS refuses it', refusal],
    ['new', 'AWS refuses it, in the words of a step', new TrustFailed('No.', { cause: refusal })],
    ['new', 'AWS asks for fewer calls', throttling],
    ['new', 'AWS is busy', busy],
    ['old', 'AWS refuses it', refusal],
    ['old', 'AWS refuses it, in the words of a step', new TrustFailed('No.', { cause: refusal })],
  ])('and strikes out an entry that is %s where %s', async (age, _which, error) => {
    const { ledger } = await prepare();
    await enter(ledger);

    await expect(attempt(ledger, age === 'new', () => Promise.reject(error))).rejects.toBe(error);

    await expect(ledger.all()).resolves.toEqual([]);
  });

  const unclear = [
    ['the answer is lost', new Error('socket hang up')],
    ['AWS has a fault', answer('InternalFailure', 500)],
    ['the answer is cut off', answer('SyntaxError', 200)],
    ['there is one already', answer('EntityAlreadyExistsException', 400)],
    ['something is thrown that is no error', 'a word'],
  ] as const;

  it.each([
    ...unclear.map(([which, error]) => ['new', which, error] as const),
    ...unclear.map(([which, error]) => ['old', which, error] as const),
    ['old', 'AWS asks for fewer calls', throttling] as const,
    ['old', 'AWS is busy', busy] as const,
  ])('and keeps an entry that is %s where %s', async (age, _which, error) => {
    const { ledger } = await prepare();
    await enter(ledger);

    await expect(attempt(ledger, age === 'new', () => Promise.reject(error))).rejects.toBe(error);

    await expect(ledger.all()).resolves.toEqual([kept]);
  });

  it.each([true, false])('and keeps one whose id is known, new: %s', async (isNew) => {
    const { ledger } = await prepare();
    await enter(ledger);
    await ledger.made('half-in-aws', 'x', 't-1');

    await expect(attempt(ledger, isNew, () => Promise.reject(refusal))).rejects.toBe(refusal);

    await expect(ledger.all()).resolves.toEqual([{ ...kept, id: 't-1' }]);
  });
});
