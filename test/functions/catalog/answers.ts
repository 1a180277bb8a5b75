import { expect } from 'vitest';
import { mishaps } from '../../support/mishaps.ts';
import type { ReportAccount } from '../../support/report-account.ts';
import { ask, creation, executionArn, productAccount, requestId, stack } from './product.ts';

/** SNS takes nothing. */
export const silent: (typeof mishaps)['throttled'] = (call, answer) =>
  call.service === 'sns' ? mishaps.throttled(call, answer) : answer();

export const success = { Status: 'SUCCESS', PhysicalResourceId: requestId, StackId: stack };
export const refusal = (words: string) => ({
  Status: 'FAILED',
  PhysicalResourceId: requestId,
  StackId: stack,
  Reason: expect.stringContaining(words),
});

/** A product whose execution has ended, and nobody was told. */
export const ended = async (): Promise<ReportAccount> => {
  const account = await productAccount();
  await ask(account, creation());
  await account.executions.ended(executionArn('create-1'));
  await account.claimOf(executionArn('create-1'), requestId).take(null, new Date());
  account.puts.length = 0;
  account.disturb((_call, answer) => answer());
  return account;
};
