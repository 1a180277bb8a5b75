import { describe, expect, it } from 'vitest';
import { failed, made, shop, stackAccount, version } from '../../../support/stack-account.ts';

describe('a deletion', () => {
  it('that a resource refuses can be tried again', async () => {
    let refusals = 1;
    const { create, stacks, asked } = stackAccount(({ RequestType }) => {
      if (RequestType !== 'Delete' || refusals === 0) return {};
      refusals -= 1;
      return failed;
    });
    const stack = await create({ Resources: { First: made(), Second: made({ Of: { Ref: 'First' } }) } });

    await stacks.delete(stack);
    expect(stack).toMatchObject({
      status: 'DELETE_FAILED',
      reason: 'The following resource(s) failed to delete: [Second].',
    });
    await stacks.delete(stack);

    expect(stack.status).toBe('DELETE_COMPLETE');
    expect(asked().slice(2)).toEqual(['Delete Second', 'Delete Second', 'Delete First']);
  });

  it('waits until nothing else is being done', async () => {
    const { stacks } = stackAccount();
    const { stack, done } = stacks.create({ ...shop, ...version({ Resources: { Thing: made() } }) });

    await expect(async () => stacks.delete(stack)).rejects.toThrow(
      'is in CREATE_IN_PROGRESS state and can not be deleted',
    );
    await done;
  });
});
