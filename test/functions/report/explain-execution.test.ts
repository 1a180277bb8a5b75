import { describe, expect, it } from 'vitest';
import { explainExecution } from '../../../functions/report/explain-execution.ts';
import { block, failing, task, thrown } from '../../support/state-machines.ts';
import { type ReportAccount, reportAccount } from '../../support/report-account.ts';

const poll = (seconds: number, attempts: number) => [
  { ErrorEquals: ['NotReady'], IntervalSeconds: seconds, MaxAttempts: attempts, BackoffRate: 1 },
];

const explained = (account: ReportAccount, executionArn: string) => account.run(explainExecution, { executionArn });

describe('explain-execution', () => {
  it('prints', async () => {
    for (const name of ['NotReady','InvalidRequest','Forbidden','PreflightFailed','Conflict','DirectoryFailed','CommandFailed','TrustFailed','DatabaseFailed','DomainJoinFailed','LoginFailed','Throttled','TypeError','Lambda.Unknown','States.Timeout']) {
    const account = await reportAccount({ 'Build trust and database': { Type: 'Parallel', End: true, Branches: [block({ 'Await directory': task('Ensure', { Retry: poll(30, 320) }) }), block({ W: { Type: 'Wait', Seconds: 100000, End: true } })] } }, {
      Ensure: () => { throw thrown(name, 'The directory d-1234567890 is Creating.\n- and more'); },
    });
    const arn = await account.finished();
    const ledger = account.ledgerOf(arn);
    await ledger.making('directory', 'aws.example.com');
    await ledger.made('directory', 'aws.example.com', 'd-1234567890');
    await ledger.making('secret', 'forestbridge/orders/directory-admin');
    const answer = await explained(account, arn);
    console.log(answer, JSON.stringify(answer).length);
    }
    const account = await reportAccount({ 'Build trust and database': { Type: 'Parallel', End: true, Branches: [block({ 'Await directory': task('Ensure', { Retry: poll(30, 320) }) }), block({ W: { Type: 'Wait', Seconds: 100000, End: true } })] } }, {
      Ensure: () => { e.stop('Enough', 'of it'); throw thrown('NotReady', 'The directory d-1234567890 is Creating.\n- and more'); },
    });
    const e = account.begin();
    await e.ended;
    console.log(await explained(account, e.arn));
  });
});
