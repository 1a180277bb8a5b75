import { describe, expect, it } from 'vitest';
import { awaitMembership } from '../../../functions/database/await-membership.ts';
import { joinDomain } from '../../../functions/database/join-domain.ts';
import { databaseAccount, settings } from '../../support/database-account.ts';
import { allowed, domain, input, prepare, rebooting } from '../../support/joining-instance.ts';

describe('await-membership, where the instance could not join,', () => {
  it('fails with what RDS wrote and the usual causes, and only the verdict on this try counts', async () => {
    const { account } = await prepare();
    account.directories.whyNotJoin = () => 'The first reason.';
    await account.minutes(15);

    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'DomainJoinFailed',
      message: expect.stringMatching(
        /orders could not join the directory d-1234567890\. RDS: Unhealthy domain state.*The first reason\. Usually.*security group.*redrive/,
      ),
    });

    account.directories.whyNotJoin = () => 'The second reason.';
    await account.run(joinDomain, { ...input, failure: null });
    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'NotReady',
      message: expect.stringContaining('still shows the failure before'),
    });
    await account.minutes(15);
    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      name: 'DomainJoinFailed',
      message: expect.stringContaining('The second reason.'),
    });

    account.directories.whyNotJoin = () => null;
    await account.run(joinDomain, { ...input, failure: null });
    await expect(account.settle(awaitMembership, input)).resolves.toEqual(rebooting);
  });

  it('takes the latest of the reasons of the last day where nobody asked', async () => {
    const account = await databaseAccount();
    const instance = account.databases.place(settings, domain);
    instance.membership = { ...domain, domainName: 'aws.example.com', status: 'failed', inEffect: false };
    for (const message of ['The domain is unknown.', 'The domain did not answer.', 'DB instance shutdown'])
      account.databases.events.push({
        identifier: 'orders',
        at: account.clock.now(),
        category: 'failure',
        message,
      });
    await account.minutes(60 * 23);

    await expect(account.run(awaitMembership, allowed)).rejects.toMatchObject({
      message: expect.stringContaining('RDS: The domain did not answer.'),
    });
  });

  it.each([
    ['created in the directory', undefined, /RDS wrote no event that says why/],
    ['asked long ago', '2024-01-01T00:00:00.000Z', /Unhealthy domain state/],
  ])('looks no further back than RDS keeps its events (%s)', async (_how, id, message) => {
    const account = await databaseAccount();
    const instance = account.databases.place(settings, domain);
    account.databases.events.push({
      identifier: 'orders',
      at: account.clock.now(),
      category: 'failure',
      message: 'Unhealthy domain state',
    });
    await account.minutes(60 * 25);
    instance.membership = { ...domain, domainName: 'aws.example.com', status: 'failed', inEffect: false };
    if (id !== undefined) {
      await account.ledger.making('membership', 'orders');
      await account.ledger.made('membership', 'orders', id);
    }

    await expect(account.run(awaitMembership, allowed)).rejects.toMatchObject({
      name: 'DomainJoinFailed',
      message: expect.stringMatching(message),
    });
  });

  it.each([{}, { Events: [{}] }])('says so where RDS answers %j when it is asked why', async (answered) => {
    const { account } = await prepare();
    account.directories.whyNotJoin = () => 'A reason.';
    await account.minutes(15);
    account.disturb((call, answer) =>
      call.operation === 'DescribeEvents' ? Promise.resolve(answered) : answer(),
    );

    await expect(account.run(awaitMembership, input)).rejects.toMatchObject({
      message: expect.stringContaining('RDS wrote no event that says why'),
    });
  });
});
