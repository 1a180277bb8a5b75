import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { claimRequest } from '../../../functions/request/claim-request.ts';
import { parseRequest } from '../../../functions/request/schema.ts';
import type { ReportAccount } from '../../support/report-account.ts';
import {
  ask,
  concluded,
  creation,
  deletion,
  executionArn,
  form,
  launched,
  productAccount,
  requestId,
  told,
  updating,
} from '../catalog/product.ts';

const more = { Logins: [...form.Logins, 'App'] };
const day = 86_400_000;
const byHand = executionArn('by-hand');

/** What the catalog asked for at the launch, which somebody else can write as well. */
const claim = (account: ReportAccount, execution: string, id = requestId): Promise<unknown> => {
  const input = Object(account.executions.find(executionArn('create-1'))?.input);
  const request = parseRequest({ ...input, requestId: id });
  return account.run(claimRequest, { owner: { requestId: id, execution }, request });
};

const itemsOf = async ({ dynamodb }: ReportAccount) =>
  (await dynamodb.send(new ScanCommand({ TableName: 'ledger' }))).Items ?? [];

const refused = async (account: ReportAccount, execution: string, message: string): Promise<void> => {
  const before = await itemsOf(account);
  await expect(claim(account, execution)).rejects.toMatchObject({ name: 'Conflict', message });
  expect(await itemsOf(account)).toEqual(before);
};

const notAskedFor = `The request id ${requestId} is that of a product in Service Catalog, which did not ask for this execution. Usually somebody started it by hand: update the product there, or start a new execution with another requestId.`;
const overtaken = `The product ${requestId} was changed by an execution that was asked for after this one. Usually somebody redrove an old one: update the product again in Service Catalog, which starts a new execution.`;
const terminated = `The product ${requestId} was terminated. Usually somebody redrove an old execution: launch a new product, or start a new execution with another requestId.`;

describe("a product's request", () => {
  it("is claimed by the product's executions, from the first moment on, and when they go on days later", async () => {
    const account = await productAccount();
    await ask(account, creation());

    await expect(claim(account, executionArn('create-1'))).resolves.toEqual({ requestId });

    await concluded(account, 'create-1');
    await ask(account, updating(more));
    await concluded(account, 'update-1');
    await account.clock.sleep(89 * day);
    await expect(claim(account, executionArn('update-1'))).resolves.toEqual({ requestId });
  });

  it.each([
    ['an execution of nobody', byHand],
    ['an execution of another product', byHand.replace(requestId, 'pp-othercpuogt2i')],
  ])('is refused to %s, though it asks for the same', async (_whose, execution) => {
    const account = await launched();

    await refused(account, execution, notAskedFor);

    await ask(account, updating(more));
    await expect(claim(account, executionArn('update-1'))).resolves.toEqual({ requestId });
    await account.executions.ended(executionArn('update-1'));
  });

  it('cannot be claimed before there is the product, which is launched all the same', async () => {
    const account = await productAccount();
    await ask(account, creation());
    const later = await productAccount();
    const input = account.executions.find(executionArn('create-1'))?.input;
    const request = parseRequest(Object(input));

    await expect(
      later.run(claimRequest, { owner: { requestId, execution: byHand }, request }),
    ).rejects.toMatchObject({ name: 'Conflict', message: notAskedFor });

    expect(await itemsOf(later)).toEqual([]);
    await ask(later, creation());
    expect(told(later)).toMatchObject({ Status: 'SUCCESS' });
    await expect(claim(later, executionArn('create-1'))).resolves.toEqual({ requestId });
    for (const { executions } of [account, later]) await executions.ended(executionArn('create-1'));
  });

  it('is refused to an execution that a later one has overtaken', async () => {
    const account = await productAccount([null, 'LoginFailed']);
    await ask(account, creation());
    await concluded(account, 'create-1');
    await ask(account, updating(more));
    await concluded(account, 'update-1');
    await expect(claim(account, executionArn('update-1'))).resolves.toEqual({ requestId });
    await ask(account, updating({ Logins: [...form.Logins, 'Readers'] }, { RequestId: 'update-2' }));
    await concluded(account, 'update-2');

    for (const id of ['create-1', 'update-1']) await refused(account, executionArn(id), overtaken);
  });

  it('is refused once the product is terminated', async () => {
    const account = await productAccount(['LoginFailed']);
    await ask(account, creation());
    await concluded(account, 'create-1');
    await ask(account, deletion());

    await refused(account, executionArn('create-1'), terminated);
  });

  it('is refused to an execution of a name that Step Functions may have given away again', async () => {
    const account = await launched();
    await account.clock.sleep(91 * day);

    await refused(account, executionArn('create-1'), notAskedFor);
  });

  it.each(['pp-orders', 'pp-My-Orders', 'app-mycpuogt2i45s'])('is none where the id is %s', async (id) => {
    const account = await launched();

    await expect(claim(account, byHand, id)).resolves.toEqual({ requestId: id });
  });
});
