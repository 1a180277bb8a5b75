import { explainExecution } from '../../functions/report/explain-execution.ts';
import { type ReportAccount, reportAccount } from './report-account.ts';
import { task, thrown } from './state-machines.ts';

export const explained = (account: ReportAccount, executionArn: string) =>
  account.run(explainExecution, { executionArn });

/** An execution whose only function fails like that, at a state of that name. */
export const failedWith = async (error: string, message: string, state = 'Ensure something') => {
  const account = await reportAccount(
    { [state]: task('Ask') },
    {
      Ask: () => {
        throw thrown(error, message);
      },
    },
  );
  return { account, executionArn: await account.finished() };
};

/** The command that continues the first execution. */
export const redrive =
  'aws stepfunctions redrive-execution --execution-arn arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:orders-1';
