import { describe, expect, it } from 'vitest';
import { put } from '../../../../functions/support/put.ts';
import { made, reasons, stackAccount } from '../../../support/stack-account.ts';

const statusOf = async (to: string, options: object) => (await fetch(to, options)).status;

describe('a stack', () => {
  it('waits an hour for an answer, and no longer than it is told to', async () => {
    const { create, world } = stackAccount(() => null);
    const begin = world.clock.now();

    const stack = await create({ Resources: { Thing: made({ ServiceTimeout: 600 }) } });
    const seconds = (world.clock.now() - begin) / 1000;

    expect(stack.status).toBe('ROLLBACK_FAILED');
    expect(reasons(stack)[0]).toMatch(
      /^CloudFormation did not receive a response from your Custom Resource\./,
    );
    expect(seconds).toBeGreaterThan(1200);
    expect(seconds).toBeLessThan(1220);
    await expect(create({ Resources: { Thing: made() } })).rejects.toThrow(/already exists/);
  });

  it.each([
    ['no JSON', '<html/>', 'Response is not valid JSON'],
    ['too long', { Data: { Name: 'x'.repeat(4096) } }, 'Response object is too long.'],
    ['an unknown status', { Status: 'DONE' }, 'Invalid Response object: Value of property Status'],
    ['the answer to another request', { RequestId: 'x' }, 'it is the answer to another request'],
    ['an answer without an id', { PhysicalResourceId: undefined }, 'Invalid PhysicalResourceId'],
  ])('takes no %s for an answer', async (_what, answer, reason) => {
    const { create } = stackAccount(({ RequestType }) => (RequestType === 'Create' ? answer : {}));

    const stack = await create({ Resources: { Thing: made() } });

    expect(stack.status).toBe('ROLLBACK_COMPLETE');
    expect(reasons(stack)[0]).toContain(reason);
  });

  it('takes the first of two answers where Lambda delivers twice', async () => {
    let count = 0;
    const { create, stacks, statuses, events } = stackAccount(() => {
      count += 1;
      return { Data: { Name: String(count) } };
    });
    stacks.deliveries = 2;

    const stack = await create({
      Resources: { Thing: made() },
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Thing', 'Name'] } } },
    });

    expect(events[0]).toEqual(events[1]);
    expect(stack.outputs).toMatchObject([{ value: '1' }]);
    expect(statuses).toEqual([200, 200]);
  });

  it('repeats a function that fails, after one minute and after two more', async () => {
    let failures = 2;
    const { create, world, events } = stackAccount(() => {
      failures -= 1;
      if (failures >= 0) throw new Error('Not now.');
      return {};
    });
    const begin = world.clock.now();

    const stack = await create({ Resources: { Thing: made() } });

    expect(stack.status).toBe('CREATE_COMPLETE');
    expect(events).toHaveLength(3);
    expect(Math.round((world.clock.now() - begin) / 60_000)).toBe(3);
  });

  it('hears only what is put as its URL was signed', async () => {
    const { create, stacks } = stackAccount(async ({ ResponseURL: url }) => {
      expect(await statusOf(url, { method: 'PUT', body: 'text' })).toBe(403);
      expect(await statusOf(url, { method: 'POST' })).toBe(403);
      expect(await put(url.replace(/.$/, 'z'), '{}')).toBe(403);
      expect(await put(url.replace('shop', 'shed'), '{}')).toBe(403);
      expect(await put(url, '{}')).toBe(503);
      return {};
    });
    stacks.urls.failures = 1;

    expect((await create({ Resources: { Thing: made() } })).status).toBe('CREATE_COMPLETE');
  });
});
