import type { Json, JsonObject } from '../../../simulator/states/data/json.ts';
import { Random } from '../../../simulator/world/random.ts';
import { Stack, type StackStatus } from '../../../simulator/world/stacks/stack.ts';
import { readTemplate } from '../../../simulator/world/stacks/template.ts';
import type { SubjectCases } from '../case.ts';
import { losing } from '../mishaps.ts';
import type { Stage } from '../stage.ts';
import { idling, steps } from './preparations.ts';

const product = 'pp-mycpuogt2i45s';
const stack = `arn:aws:cloudformation:eu-central-1:111122223333:stack/SC-111122223333-${product}/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f`;
const bucket = 'https://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com';
const creation = 'c0ffee00-0000-4000-8000-000000000001';
const change = 'c0ffee00-0000-4000-8000-000000000002';
const removal = 'c0ffee00-0000-4000-8000-000000000003';

const form = {
  Connection: 'orders',
  DatabaseIdentifier: 'orders',
  Engine: 'sqlserver-se',
  InstanceClass: 'db.r6i.large',
  StorageGiB: '100',
  MultiAz: 'false',
  BackupDays: '7',
  DeletionProtection: 'true',
  AllowedNetworks: [''],
  Logins: ['DBAdmins'],
  LoginRoles: 'processadmin',
  Repetition: '0',
};

const about = (type: string, RequestId: string, changes: JsonObject): JsonObject => ({
  RequestType: type,
  ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:forestbridge-serve-catalog',
  ResponseURL: `${bucket}/${RequestId}?X-Amz-Signature=simulated`,
  StackId: stack,
  RequestId,
  LogicalResourceId: 'Request',
  ResourceType: 'Custom::ForestbridgeRequest',
  ...(type === 'Create' ? {} : { PhysicalResourceId: product }),
  ResourceProperties: {
    ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:forestbridge-serve-catalog',
    WaitHandle:
      'https://cloudformation-waitcondition-eu-central-1.s3.eu-central-1.amazonaws.com/handle?X-Amz-Signature=simulated',
    ...form,
    ...changes,
  },
});

const created = about('Create', creation, {});
const updated = (changes: JsonObject = { Logins: ['DBAdmins', 'App'] }): JsonObject => ({
  ...about('Update', change, changes),
  OldResourceProperties: created['ResourceProperties'] ?? {},
});
const deleted = about('Delete', removal, {});
const looked = (type: string): JsonObject => ({
  ...about(type, change, {}),
  LogicalResourceId: 'Result',
  ResourceType: 'Custom::ForestbridgeResult',
  ResourceProperties: { Execution: `${product}-${creation}` },
});

const asking =
  (event: JsonObject) =>
  (stage: Stage): Promise<unknown> =>
    stage.account.invoke('serve-catalog', event);
const event = (asked: JsonObject) => (): JsonObject => asked;

const arnOf = (id: string): string =>
  `arn:aws:states:eu-central-1:111122223333:execution:forestbridge-provision:${product}-${id}`;

/** Has the execution go on to its end. */
const ended =
  (id: string) =>
  ({ account: { account } }: Stage): Promise<void> =>
    account.concluded(arnOf(id));

const told = ({ account: { statusChanges } }: Stage): Json => statusChanges.at(-1) ?? {};
const concluded = (stage: Stage): Promise<unknown> => stage.account.invoke('conclude', told(stage));

/** What the product waits for answers so, one after the other; null is no answer. */
const answering =
  (...statuses: readonly (number | null)[]) =>
  ({ account }: Stage): void =>
    void account.answers.push(...statuses);

/** It is stopped from outside before it has made anything. */
const stopped =
  (id: string) =>
  ({ account: { account } }: Stage): void =>
    account.executions.find(arnOf(id))?.stop('Withdrawn', 'Nobody wants it any more.');

/** CloudFormation does that with the product's stack. */
const stackIs =
  (status: StackStatus) =>
  ({ world: { stacks, clock, accountId, region } }: Stage): void => {
    const template = readTemplate(
      '{"Resources":{"WaitHandle":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}',
    );
    const made = new Stack(
      { clock, accountId, region, random: new Random(1) },
      {
        name: `SC-${accountId}-${product}`,
        roleArn: `arn:aws:iam::${accountId}:role/forestbridge-launch`,
        version: { template, parameters: new Map() },
        tags: new Map(),
      },
    );
    stacks.all.push(Object.assign(made, { id: stack, status }));
  };

const standing = steps(asking(created), ended(creation), concluded, idling);
const launched = steps(standing, stackIs('UPDATE_IN_PROGRESS'));
const begun = steps(idling, asking(created));
const failed = steps(begun, stopped(creation), ended(creation));

const serveCatalog = {
  at: null,
  cases: {
    launched: { before: idling, event: event(created) },
    'asked-twice': { before: begun, event: event(created) },
    'url-fails-once': { before: steps(idling, answering(503)), event: event(created) },
    'url-goes-on-failing': { before: steps(idling, answering(503, null, 503)), event: event(created) },
    'answer-lost': { before: idling, event: event(created), during: losing('StartExecution') },
    'form-has-problems': { event: event(about('Create', creation, { MultiAz: 'yes', DomainName: 'x.y' })) },
    'another-connection': { event: event(about('Create', creation, { Connection: 'sales' })) },
    'another-stack': {
      before: begun,
      event: event({ ...created, StackId: stack.replace(/5f$/, '60') }),
    },
    'no-stack-of-the-catalog': {
      event: event({ ...created, StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/own/1' }),
    },
    'cannot-be-read': { event: event({ ...created, RequestType: 'Replace' }) },
    'cannot-be-answered': { event: event({ ...created, ResponseURL: '' }) },
    updated: { before: launched, event: event(updated()) },
    'nothing-changes': { before: launched, event: event(updated({})) },
    'cannot-be-changed': { before: launched, event: event(updated({ Engine: 'sqlserver-ee' })) },
    'networks-would-be-narrowed': {
      before: launched,
      event: event(updated({ AllowedNetworks: ['10.20.0.0/24'] })),
    },
    'taken-back': {
      before: steps(standing, stackIs('UPDATE_ROLLBACK_IN_PROGRESS')),
      event: event(updated({ Logins: [''] })),
    },
    'never-succeeded': { before: begun, event: event(updated()) },
    'deleted-after-a-failure': { before: failed, event: event(deleted) },
    'cannot-be-taken-down': { before: launched, event: event(deleted) },
    'deleted-though-never-answered': {
      before: begun,
      event: event({ ...deleted, PhysicalResourceId: 'SC-Request-1ABCDEF' }),
    },
    'deleted-before-anything': { event: event(deleted) },
    'launched-after-its-end': { before: asking(deleted), event: event(created) },
    'result-is-handed-over': { before: launched, event: event(looked('Create')) },
    'no-result-yet': { before: begun, event: event(looked('Create')) },
  },
};

const waiting = (stage: Stage): Promise<void> => steps(launched, asking(updated()))(stage);
const handed = event({ requestId: product, execution: arnOf(change) });

const stillRunning = (stage: Stage): Promise<unknown> => stage.account.invoke('end-waiting', handed());

const endWaiting = {
  at: null,
  cases: {
    'still-running': { before: waiting, event: handed },
    'answered-already': { before: steps(waiting, ended(change), concluded), event: handed },
    'url-goes-on-failing': { before: steps(waiting, answering(503, 503, 503)), event: handed },
    'answer-lost': { before: waiting, event: handed, during: losing('UpdateItem') },
  },
};

/** The cases of conclude in which a stack waits. */
export const concludeForCatalog = {
  'ends-the-wait': { before: steps(asking(created), ended(creation)), event: told },
  'ends-the-wait-in-vain': { before: failed, event: told },
  'answers-the-update': {
    before: steps(
      asking(created),
      ended(creation),
      concluded,
      stackIs('UPDATE_IN_PROGRESS'),
      asking(updated()),
      ended(change),
    ),
    event: told,
  },
  'carries-out-what-was-told-to-go-on': {
    before: steps(waiting, stillRunning, ended(change)),
    event: told,
  },
  'url-goes-on-failing': { before: steps(failed, answering(503, 503, 503)), event: told },
};

export const catalog: SubjectCases = { 'serve-catalog': serveCatalog, 'end-waiting': endWaiting };
