import { expect } from 'vitest';
import { conclude } from '../../functions/report/conclude.ts';
import { type ReportAccount, reportAccount } from './report-account.ts';
import { failing, task } from './state-machines.ts';

/** What EventBridge makes of a change of status. */
export const eventOf = (detail: object): unknown => ({
  version: '0',
  id: '315c1398-40ff-a850-213b-158f73e60175',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account: '123456789012',
  time: '2026-01-01T00:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: { ...detail, inputDetails: { included: true }, redriveCount: 0 },
});

/** An account with an execution that has failed as often as the list says, and holds the claim. */
export const prepare = async (errors: readonly string[] = ['TrustFailed'], result: unknown = 'done') => {
  const account = await reportAccount({ 'Verify trust': task('Ask') }, { Ask: failing(errors, result) });
  const arn = await account.finished();
  await account.claimOf(arn).take(null, new Date(account.clock.now()));
  return { account, arn };
};

/** Delivers the event of that change of status; without a position, of the last one. */
export const deliver = async (account: ReportAccount, position = -1): Promise<void> => {
  expect(await account.run(conclude, eventOf(account.changes.at(position) ?? {}))).toEqual({});
};
