import { expect } from 'vitest';
import { watchSchedule } from '../../cli/local-account.ts';
import type { Execution } from '../../simulator/states/execution.ts';
import { type Deployment, deployedForTest, requestNamed } from './provisioning.ts';
import { ledgerOf } from './world-snapshot.ts';

export const hours = (count: number): number => count * 3_600_000;

export const watchesOf = ({ account }: Deployment): readonly Execution[] =>
  account.executions.all.filter(({ of }) => of.name === 'forestbridge-check-trusts').toReversed();

/** An account in which those requests were carried out, and whose trusts are checked every day from now on. */
export const watched = async (...requests: readonly object[]) => {
  const deployment = await deployedForTest(...requests);
  const { world, account } = deployment;
  for (const request of requests) {
    const { standing } = await deployment.run(request);
    expect(standing).toMatchObject({ status: 'SUCCEEDED' });
  }
  const messages = () => world.topics.all.flatMap(({ messages }) => messages);
  const provisioned = messages().length;
  const calls: string[] = [];
  deployment.disturb((call, answer) => {
    calls.push(call.operation);
    return answer();
  });
  world.schedules.enable(watchSchedule);
  return {
    ...deployment,
    calls,
    /** What people were told since the schedule began. */
    told: () => messages().slice(provisioned),
    /** One check and no more. */
    nextCheck: async (): Promise<Execution> => {
      const before = watchesOf(deployment).length;
      await world.clock.sleep(before === 0 ? hours(2) : hours(24));
      const [watch, ...more] = watchesOf(deployment).slice(before);
      expect(more).toEqual([]);
      if (watch === undefined) throw new Error('Nothing was checked.');
      await account.executions.ended(watch.arn);
      return watch;
    },
    /** The states that the ledger has of the trusts. */
    known: async () =>
      (await ledgerOf(account)).flatMap(({ item, state }) => (item?.startsWith('trust#') ? [state] : [])),
  };
};

export const request = requestNamed('no-database');
