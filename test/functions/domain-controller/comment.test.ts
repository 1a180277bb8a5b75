import { describe, expect, it } from 'vitest';
import { commentOf } from '../../../functions/domain-controller/comment.ts';

describe('the comment of a command', () => {
  const arn = 'arn:aws:states:eu-west-1:111122223333:execution:forestbridge-provision:';

  const owner = (name: string) => ({ requestId: 'orders', execution: arn + name });

  it.each([
    ['orders-1', 'orders-1/create-trust#2'],
    ['orders', 'orders/create-trust#2'],
    ['7d5a0c1e-2b', 'orders/7d5a0c1e-2b/create-trust#2'],
    ['orders2-1', 'orders/orders2-1/create-trust#2'],
  ])('names request, execution, step and redrive, where the execution is called %s', (name, comment) => {
    expect(commentOf(owner(name), 'create-trust', 2)).toBe(comment);
  });

  it.each([
    [100, false],
    [101, true],
  ])('fits into 100 characters where it would take %i', (length, shortened) => {
    const own = owner(`orders-${'x'.repeat(length - 'orders-/check#0'.length)}`);
    const comment = commentOf(own, 'check', 0);

    expect(comment).toHaveLength(100);
    expect(comment.includes('~')).toBe(shortened);
    expect(commentOf(own, 'check', 0)).toBe(comment);
    expect(commentOf(own, 'check', 1)).not.toBe(comment);
  });

  it('keeps the request where it is shortened', () => {
    expect(commentOf(owner('x'.repeat(80)), 'confirm-trust-on-premises', 10)).toMatch(/^orders\/x+~\w{16}$/);
  });
});
