import { describe, expect, it } from 'vitest';
import { reportTrust } from '../../../functions/report/report-trust.ts';
import { ServiceError } from '../../../simulator/wire/service-error.ts';
import { at, mishaps } from '../../support/mishaps.ts';
import { input, stateOf, turned } from '../../support/turned-trust.ts';

describe('report-trust, disturbed,', () => {
  it.each([
    ['DescribeTrusts', 'InvalidParameterException'],
    ['Publish', 'NotFound'],
    ['UpdateItem', 'ResourceNotFoundException'],
  ])('fails with what %s refuses', async (operation, code) => {
    const account = await turned('Verified', 'VerifyFailed');
    account.answering(operation, new ServiceError(code, 'No.'));

    await expect(account.run(reportTrust, input)).rejects.toMatchObject({
      name: 'Forbidden',
      message: expect.stringContaining(': No.'),
    });
  });

  it.each(Object.entries(mishaps))('comes to the same by whatever call %s', async (name, mishap) => {
    const undisturbed = await turned('Verified', 'VerifyFailed');
    await undisturbed.run(reportTrust, input);
    const calls = [...undisturbed.calls];
    expect(calls.slice(-2)).toEqual(['sns:Publish', 'dynamodb:UpdateItem']);

    for (const [position, call] of calls.entries()) {
      const account = await turned('Verified', 'VerifyFailed');
      account.disturb(at(position, mishap));
      const first = account.run(reportTrust, input);
      if (name === 'carriedOutTwice') await first;
      else await expect(first).rejects.toMatchObject({ name: 'Throttled' });

      await account.run(reportTrust, input);

      // SNS takes whatever it is given; only there a message can come twice, or where nobody wrote that it came.
      const isPublished = call === 'sns:Publish' && ['carriedOutTwice', 'answerLost'].includes(name);
      const isUnwritten = call === 'dynamodb:UpdateItem' && ['callLost', 'throttled'].includes(name);
      expect(account.messages, call).toHaveLength(isPublished || isUnwritten ? 2 : 1);
      expect(await stateOf(account)).toBe('VerifyFailed');
    }
  });
});
