import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { reportAccount } from '../../support/report-account.ts';

const at = new Date(0);
const [one, other, third] = ['one', 'other', 'third'].map((name) => `arn:aws:states:::execution:${name}`);

const prepare = async () => {
  const account = await reportAccount({ Done: { Type: 'Succeed' } });
  return { ...account, mine: account.claimOf(String(one)), theirs: account.claimOf(String(other)) };
};

describe('Claim', () => {
  it('is free, then held by who took it', async () => {
    const { mine, theirs } = await prepare();

    await expect(mine.holder()).resolves.toBeNull();
    await expect(mine.take(null, at)).resolves.toBe(true);

    await expect(theirs.holder()).resolves.toBe(one);
  });

  it('is taken again by its holder, and by nobody else', async () => {
    const { mine, theirs } = await prepare();
    await mine.take(null, at);

    await expect(mine.take(null, at)).resolves.toBe(true);
    await expect(theirs.take(null, at)).resolves.toBe(false);
    await expect(theirs.take(String(third), at)).resolves.toBe(false);

    await expect(mine.holder()).resolves.toBe(one);
  });

  it('is taken over from an execution that is known to have ended', async () => {
    const { mine, theirs } = await prepare();
    await mine.take(null, at);

    await expect(theirs.take(String(one), at)).resolves.toBe(true);

    await expect(mine.holder()).resolves.toBe(other);
  });

  it('is released by its holder only, and once is enough', async () => {
    const { mine, theirs } = await prepare();
    await mine.take(null, at);

    await theirs.release();
    await expect(mine.holder()).resolves.toBe(one);
    await mine.release();
    await mine.release();

    await expect(mine.holder()).resolves.toBeNull();
  });

  it('is one for each request, and reads what was written last', async () => {
    const { mine, disturb, item } = await prepare();
    const inputs: unknown[] = [];
    disturb((call, answer) => {
      inputs.push(call.input);
      return answer();
    });

    await mine.holder();
    await mine.take(null, at);

    expect(inputs).toMatchObject([
      { ConsistentRead: true },
      { Item: { at: { S: '1970-01-01T00:00:00.000Z' } } },
    ]);
    await expect(item('claim', 'another')).resolves.toBeUndefined();
  });

  it.each(['take', 'release'] as const)('passes on what else goes wrong in %s', async (method) => {
    const { mine, disturb } = await prepare();
    disturb(() => Promise.reject(new ServiceError('ResourceNotFoundException', 'No table.')));

    const attempt = method === 'take' ? mine.take(null, at) : mine.release();

    await expect(attempt).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
