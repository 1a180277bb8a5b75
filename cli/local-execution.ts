import { setTimeout as sleep } from 'node:timers/promises';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Account } from '../simulator/account.ts';
import { follow } from './follow.ts';
import { operatorConfiguration } from './local-account.ts';
import { explanationSchema, type Outcome, seconds } from './outcome.ts';
import type { Tally } from './tally.ts';
import { View } from './view.ts';
import { type Screen, styled } from './words.ts';

/** An account in this process, and what was counted in it. */
interface Counted {
  readonly account: Account;
  readonly tally: Tally;
}

/** How an execution in it has ended. */
export const outcomeOf = async ({ account, tally }: Counted, executionArn: string): Promise<Outcome> => {
  const { executions, invocations } = account;
  const { apiCalls, writes } = tally;
  const execution = executions.find(executionArn);
  if (execution === undefined) throw new Error(`There is no execution ${executionArn}.`);
  const { standing, startedAt, transitions } = execution;
  return {
    ...explanationSchema.parse(await account.invoke('explain-execution', { executionArn })),
    output: standing.output ?? null,
    execution: executionArn,
    virtualSeconds: seconds((standing.stoppedAt ?? startedAt) - startedAt),
    transitions,
    invocations,
    apiCalls,
    writes,
  };
};

/** Shows an execution's steps, as they end in virtual time. */
export const showExecution = (account: Account, arn: string, screen: Screen): Promise<void> =>
  follow(new SFNClient(operatorConfiguration(account)), arn, new View(screen), {
    wait: () => Promise.race([sleep(100, undefined, { ref: false }), account.executions.ended(arn)]),
    now: () => account.world.clock.now(),
  });

/** Says what cannot be done about a failure that was only simulated. */
export const afterword = ({ status, execution }: Outcome, screen: Screen): string =>
  status === 'SUCCEEDED' || execution === null
    ? ''
    : `${styled(screen, 'dim', 'The simulated account is gone with this run; to redrive in one that stays, see forestbridge simulator --help.')}\n`;
