import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { serveCatalog } from '../../../functions/catalog/serve-catalog.ts';
import { conclude } from '../../../functions/report/conclude.ts';
import { type ReportAccount, reportAccount } from '../../support/report-account.ts';
import { failing, task } from '../../support/state-machines.ts';
import { connection } from '../request/configured.ts';

export const requestId = 'pp-mycpuogt2i45s';
const stackOf = (id: string): string =>
  `arn:aws:cloudformation:eu-west-1:123456789012:stack/SC-123456789012-${id}/11112222-3333-4444-5555-666677778888`;
export const stack = stackOf(requestId);
/** A second stack of the same name. */
export const otherStack = stack.replace('8888', '9999');

/** The form as it is filled in, and as CloudFormation hands it over. */
export const form = {
  Connection: 'corp',
  DatabaseIdentifier: 'Orders',
  Engine: 'sqlserver-se',
  InstanceClass: 'db.r6i.large',
  StorageGiB: '100',
  MultiAz: 'false',
  BackupDays: '7',
  DeletionProtection: 'true',
  AllowedNetworks: [''],
  Logins: ['DBAdmins', " CORP\\O'Brien"],
  LoginRoles: 'processadmin',
  Repetition: '0',
};

const properties = {
  ServiceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:forestbridge-serve-catalog',
  WaitHandle: 'https://wait.example.com/?signature=w',
  ...form,
};

type Fields = Readonly<Record<string, unknown>>;

const event = (RequestType: string, RequestId: string, more: Fields): Fields => ({
  RequestType,
  RequestId,
  ResponseURL: `https://response.example.com/?signature=${RequestId}`,
  ResourceType: 'Custom::ForestbridgeRequest',
  LogicalResourceId: 'Request',
  StackId: stack,
  ServiceToken: properties.ServiceToken,
  ResourceProperties: properties,
  ...more,
});

/** What CloudFormation asks of the resource that makes the request. */
export const creation = (changes: Fields = {}, more: Fields = {}): Fields =>
  event('Create', 'create-1', { ResourceProperties: { ...properties, ...changes }, ...more });

export const updating = (changes: Fields = {}, more: Fields = {}): Fields =>
  event('Update', 'update-1', {
    PhysicalResourceId: requestId,
    ResourceProperties: { ...properties, ...changes },
    OldResourceProperties: properties,
    ...more,
  });

export const deletion = (more: Fields = {}): Fields =>
  event('Delete', 'delete-1', { PhysicalResourceId: requestId, ...more });

/** What it asks of the resource that reads what came of it. */
export const looking = (type: string, more: Fields = {}): Fields =>
  event(type, 'look-1', {
    ResourceType: 'Custom::ForestbridgeResult',
    LogicalResourceId: 'Result',
    ...(type === 'Create' ? {} : { PhysicalResourceId: requestId }),
    ResourceProperties: { ServiceToken: properties.ServiceToken, Execution: `${requestId}-create-1` },
    ...more,
  });

/** What an execution hands back in the end. */
export const result = {
  requestId,
  directory: { id: 'd-1234567890', name: `${requestId}.example.com` },
  trust: { id: 't-1234567890', state: 'Verified', direction: 'One-Way: Outgoing', type: 'Forest' },
  database: {
    identifier: 'orders',
    endpoint: 'orders.abc.rds.amazonaws.com',
    port: 1433,
    kerberosName: `orders.${requestId}.example.com`,
    connectionStrings: { kerberos: 'Server=by-kerberos', ntlm: 'Server=by-ntlm' },
    authSchemeQuery: 'SELECT 1',
    membership: 'joined',
    rebootOwed: false,
    logins: [],
  },
  findings: [],
};

/** An account whose workflow fails as often as the list says; the first update takes that many minutes. */
export const productAccount = (
  errors: readonly (string | null)[] = [],
  minutes = 30,
): Promise<ReportAccount> =>
  reportAccount(
    {
      Rest: {
        Type: 'Wait',
        Seconds: `{% 60 * ($contains($states.context.Execution.Name, 'update-1') ? ${minutes} : 30) %}`,
        Next: 'Work',
      },
      Work: task('Work'),
    },
    { Work: failing(errors, result) },
    {},
    [connection],
  );

export const ask = (account: ReportAccount, asked: unknown): Promise<unknown> =>
  account.clock.busy(() => account.run(serveCatalog, asked));

/** The body of what was told last. */
export const told = (account: ReportAccount): unknown => account.puts.at(-1)?.body;

export const executionArn = (id: string): string =>
  `arn:aws:states:eu-west-1:123456789012:execution:forestbridge-provision:${requestId}-${id}`;

/** Waits for an execution's end, and has it concluded. */
export const concluded = async (account: ReportAccount, id: string): Promise<void> => {
  await account.executions.ended(executionArn(id));
  const detail = account.changes.findLast(({ executionArn: arn }) => arn === executionArn(id)) ?? {};
  const event = { source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', detail };
  await account.clock.busy(() => account.run(conclude, event));
};

/** Writes down that the request has succeeded, as publish-result does. */
export const publish = (account: ReportAccount, published: object = result): Promise<unknown> =>
  account.dynamodb.send(
    new PutItemCommand({
      TableName: 'ledger',
      Item: {
        requestId: { S: requestId },
        item: { S: 'result' },
        result: { S: JSON.stringify(published) },
      },
    }),
  );

/** A product that was launched and stands. */
export const launched = async (minutes?: number, changes: Fields = {}): Promise<ReportAccount> => {
  const account = await productAccount([], minutes);
  await ask(account, creation(changes));
  await concluded(account, 'create-1');
  await publish(account);
  account.puts.length = 0;
  account.log.length = 0;
  return account;
};

/** Writes down that a directory was made for the request. */
export const madeDirectory = async (account: ReportAccount): Promise<void> => {
  const ledger = account.ledgerOf(executionArn('create-1'), requestId);
  await ledger.making('directory', 'it');
  await ledger.made('directory', 'it', 'd-1234567890');
};
