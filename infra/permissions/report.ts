import { arn, names } from '../names.ts';
import type { Grants } from './grant.ts';
import { executions, keyThrough, ledger } from './support.ts';

/** Says what was built, and what went wrong. */
export const report: Grants = {
  'publish-result': (setting) => ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
  conclude: (setting) => [
    ...ledger(setting, 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'),
    ...executions(setting, 'DescribeExecution', 'GetExecutionHistory'),
    { actions: ['sns:Publish'], resources: [arn(setting.configuration, 'sns', names.topic)] },
    keyThrough(setting, 'sns', 'GenerateDataKey', 'Decrypt'),
  ],
  'explain-execution': (setting) => [
    ...ledger(setting, 'Query'),
    ...executions(setting, 'DescribeExecution', 'GetExecutionHistory'),
  ],
};
