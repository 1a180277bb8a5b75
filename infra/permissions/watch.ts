import { arn, names } from '../names.ts';
import { type Grants, noResourceType } from './grant.ts';
import { executions, keyThrough, ledger } from './support.ts';

/** Looks at every trust again, and tells what has changed. */
export const watch: Grants = {
  'list-trusts': (setting) => [
    ...ledger(setting, 'Scan', 'GetItem'),
    ...executions(setting, 'DescribeExecution'),
    { actions: ['ds:DescribeTrusts'], resources: ['*'], because: noResourceType },
  ],
  'report-trust': (setting) => [
    ...ledger(setting, 'GetItem', 'UpdateItem'),
    ...executions(setting, 'DescribeExecution'),
    { actions: ['ds:DescribeTrusts'], resources: ['*'], because: noResourceType },
    { actions: ['sns:Publish'], resources: [arn(setting.configuration, 'sns', names.topic)] },
    keyThrough(setting, 'sns', 'GenerateDataKey', 'Decrypt'),
  ],
};
