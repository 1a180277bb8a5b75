import { describe, expect, it } from 'vitest';
import { ensureInstance } from '../../../functions/database/ensure-instance.ts';
import { newDatabase } from '../../support/database-account.ts';
import { ours, withInstance } from '../../support/instance-account.ts';

describe('ensure-instance, where the instance differs,', () => {
  it.each([
    ['engine', { engine: 'sqlserver-ee' }, 'engine is sqlserver-ee instead of sqlserver-se'],
    ['class', { instanceClass: 'db.m5.large' }, 'instanceClass is db.m5.large instead of db.r6i.large'],
    ['zones', { multiAz: true }, 'multiAz is true instead of false'],
  ])('refuses its own instance where that has another %s', async (_what, differing, words) => {
    const { account, input, instance } = await withInstance(ours, 'made', differing);

    for (const status of ['creating', 'available'] as const) {
      instance.status = status;
      await expect(account.run(ensureInstance, input)).rejects.toMatchObject({
        name: 'Conflict',
        message: `There is a database instance orders already, and it differs from the request: ${words}. Write into the request what is there, or choose another identifier.`,
      });
    }
  });

  it.each([
    ['becomes what the request wants', false, true, true],
    ['ceases to be what the request wants', true, false, false],
  ])('goes by what its instance is about to become: it %s', async (_what, is, pending, fits) => {
    const { account, input } = await withInstance(ours, 'made', { multiAz: is });
    account.disturb(async (call, answer) => {
      if (call.operation !== 'DescribeDBInstances') return answer();
      const { DBInstances: instances } = Object(await answer());
      return { DBInstances: [{ ...instances[0], PendingModifiedValues: { MultiAZ: pending } }] };
    });

    const running = account.run(ensureInstance, { ...input, database: { ...newDatabase, multiAz: true } });

    await (fits
      ? expect(running).resolves.toMatchObject({ identifier: 'orders' })
      : expect(running).rejects.toThrow('multiAz is false instead of true'));
  });
});
