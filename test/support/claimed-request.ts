import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { parseRequest } from '../../functions/request/schema.ts';
import { changed, example } from '../functions/request/requests.ts';
import { type ReportAccount, reportAccount } from './report-account.ts';
import { task } from './state-machines.ts';

export const request = parseRequest(example('one-way-forest'));
/** The same one, asked for in another way. */
export const other = parseRequest(changed(example('one-way-forest'), ['database', 'allocatedStorage'], 300));

/** An account in which executions run until they are stopped. */
export const claimAccount = () =>
  reportAccount({ Work: task('work') }, { work: () => new Promise(() => {}) });

export const inputOf = (execution: string, asked = request) => ({
  owner: { requestId: 'orders', execution },
  request: asked,
});

export const itemsOf = async ({ dynamodb }: ReportAccount) =>
  (await dynamodb.send(new ScanCommand({ TableName: 'ledger' }))).Items ?? [];

/** The request that is written down, and whose execution it is; undefined where there is none. */
export const writtenIn = async (account: ReportAccount): Promise<unknown> => {
  const item = await account.item('request');
  if (item === undefined) return undefined;
  return { execution: item['execution']?.S, request: JSON.parse(item['request']?.S ?? '') };
};
