import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestId } from '../../../functions/request/fields.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { reportAccount } from '../../support/report-account.ts';
import { failing, task } from '../../support/state-machines.ts';
import { deliver } from '../../support/status-events.ts';

const isRequestId = (value: unknown): boolean => requestId.safeParse(value).success;

describe('conclude, where the input may name no request,', () => {
  it('reports an execution whose input is anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            requestId: fc.oneof(fc.jsonValue(), fc.string({ unit: anyCharacter }), fc.constant('orders')),
          }),
        ),
        async (input) => {
          const account = await reportAccount({ Ask: task('Ask') }, { Ask: failing(['InvalidRequest']) });
          const arn = await account.finished('any', JSON.parse(JSON.stringify(input)));
          const written: unknown[] = [];
          account.disturb((call, answer) => {
            if (call.operation === 'PutItem') written.push(call.input);
            return answer();
          });

          await deliver(account);
          await deliver(account);

          expect(account.messages).toMatchObject([
            { subject: expect.stringMatching(/^Forestbridge: \S+ failed$/) },
          ]);
          // Only an id that is one has a place of its own in the ledger, and even there nothing speaks for its request.
          const asked = Object(input)?.requestId;
          const owner = isRequestId(asked) ? String(asked) : arn;
          const own = { Item: { requestId: { S: owner }, item: { S: `conclusion#${arn}` } } };
          expect(written).toMatchObject([own, own]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    ['FAILED', ['InvalidRequest']],
    ['SUCCEEDED', []],
  ])('tells once of an execution that has no legal request id: %s', async (status, errors) => {
    const account = await reportAccount({ Ask: task('Ask') }, { Ask: failing(errors) });
    const arn = await account.finished('by-hand', { requestId: 'orders; rm' });

    await deliver(account);
    await deliver(account);

    expect(account.messages).toHaveLength(1);
    expect(await account.item('conclusion', arn)).toBeUndefined();
    expect(await account.item(`conclusion#${arn}`, arn)).toMatchObject({
      execution: { S: arn },
      status: { S: status },
      text: { S: account.messages[0]?.body },
      toldAt: { S: '2026-01-01T00:00:00.000Z' },
    });
  });

  it('tells once more of such a one after a redrive, and never again of what was before', async () => {
    const account = await reportAccount(
      { Ask: task('Ask') },
      { Ask: failing(['InvalidRequest', 'Throttled']) },
    );
    const arn = await account.finished('by-hand', {});
    const first = account.changes.length - 1;
    await deliver(account);
    await account.redriven(arn);

    await deliver(account);
    await deliver(account, first);

    expect(account.messages.map(({ body }) => body)).toEqual([
      expect.stringContaining('InvalidRequest'),
      expect.stringContaining('Throttled'),
    ]);
  });
});
