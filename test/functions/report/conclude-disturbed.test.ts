import { describe, expect, it } from 'vitest';
import { conclude } from '../../../functions/report/conclude.ts';
import { at, mishaps, positionsOf } from '../../support/mishaps.ts';
import { deliver, eventOf, prepare } from '../../support/status-events.ts';

const nameOf = (mishap: unknown): string =>
  Object.entries(mishaps).find(([, other]) => other === mishap)?.[0] ?? '';

describe('conclude, disturbed,', () => {
  it.each(
    Object.entries(mishaps).flatMap(([name, mishap]) => [
      { name, mishap, errors: ['TrustFailed'], status: 'FAILED', who: 'speaks' },
      { name, mishap, errors: [], status: 'SUCCEEDED', who: 'speaks' },
      { name, mishap, errors: ['Conflict'], status: 'FAILED', who: 'does not speak' },
    ]),
  )(
    'comes to the same by whatever call $name, when it $status and $who for the request',
    async ({ mishap, errors, status, who }) => {
      const held = async () => {
        const prepared = await prepare(errors);
        const { account, arn } = prepared;
        const holder = who === 'speaks' ? arn : `${arn}-2`;
        await account.claimOf(holder).take(arn, new Date(account.clock.now()));
        return { ...prepared, holder };
      };
      const { account: undisturbed } = await held();
      undisturbed.calls.length = 0;
      await deliver(undisturbed);
      const calls = [...undisturbed.calls];
      for (const position of positionsOf(calls, mishap)) {
        const call = calls[position];
        const { account, arn, holder } = await held();
        account.disturb(at(position, mishap));
        const event = eventOf(account.changes.at(-1) ?? {});
        if (mishap === mishaps.carriedOutTwice) await account.run(conclude, event);
        else await expect(account.run(conclude, event)).rejects.toMatchObject({ name: 'Throttled' });

        await account.run(conclude, event);

        // SNS takes whatever it is given; only there a message can come twice.
        const isPublished =
          call === 'sns:Publish' && ['carriedOutTwice', 'answerLost'].includes(nameOf(mishap));
        const isUntold = call === 'dynamodb:UpdateItem' && ['callLost', 'throttled'].includes(nameOf(mishap));
        expect(account.messages).toHaveLength(isPublished || isUntold ? 2 : 1);
        const concluded = { execution: { S: arn }, status: { S: status } };
        expect(await account.item(`conclusion#${arn}`)).toMatchObject({
          ...concluded,
          toldAt: { S: '2026-01-01T00:00:00.000Z' },
        });
        expect([await account.item('conclusion')]).toMatchObject([who === 'speaks' ? concluded : undefined]);
        expect(await account.claimOf(arn).holder()).toBe(status === 'SUCCEEDED' ? null : holder);
      }
      expect(calls).toContain('sns:Publish');
    },
  );
});
