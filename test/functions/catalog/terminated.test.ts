import { describe, expect, it } from 'vitest';
import { mishaps } from '../../support/mishaps.ts';
import { refusal, success } from './answers.ts';
import {
  ask,
  concluded,
  creation,
  deletion,
  executionArn,
  launched,
  madeDirectory,
  otherStack,
  productAccount,
  requestId,
  told,
  updating,
} from './product.ts';

describe('a product that is terminated', () => {
  it('says what remains of a request that never succeeded', async () => {
    const account = await productAccount(['TrustFailed']);
    await ask(account, creation());
    await concluded(account, 'create-1');
    await ask(account, deletion());
    expect(told(account)).toMatchObject({
      ...success,
      Reason: `The request ${requestId} never succeeded, and nothing was made.`,
    });
    await madeDirectory(account);

    await ask(account, deletion());

    expect(told(account)).toMatchObject({
      ...success,
      Reason: expect.stringContaining('never succeeded, and what was made stays: directory'),
    });
  });

  it('says so where an execution goes on', async () => {
    const account = await productAccount();
    const arn = executionArn('create-1');
    await account.clock.busy(async () => {
      await ask(account, creation());
      await account.claimOf(arn, requestId).take(null, new Date());

      await ask(account, deletion());
    });

    expect(told(account)).toMatchObject({
      ...success,
      Reason: expect.stringContaining('An execution is still at work on it: stop it.'),
    });
    await account.executions.ended(arn);
  });

  it('is refused where it would have to be taken down, and found done once that is gone', async () => {
    const account = await launched();
    await madeDirectory(account);
    await ask(account, deletion());
    expect(told(account)).toMatchObject(refusal('cannot take down what the request'));
    await account.ledgerOf('', requestId).forget('directory', 'it');

    await ask(account, deletion());
    await ask(account, deletion());

    expect(account.puts.slice(1)).toMatchObject([
      { body: { ...success, Reason: `Nothing of the request ${requestId} is left.` } },
      { body: success },
    ]);
  });

  it.each([
    ['another stack', { StackId: otherStack }],
    ['another request', { PhysicalResourceId: 'pp-othercpuogt2i' }],
  ])('is refused to %s', async (_who, more) => {
    const account = await launched();

    await ask(account, deletion(more));

    expect(told(account)).toMatchObject({ Status: 'FAILED' });
  });

  it.each([
    ['by its name', {}],
    [
      'by a name that CloudFormation made up, for nobody had answered',
      { PhysicalResourceId: 'SC-Request-1' },
    ],
  ])('makes nothing where its launch comes later, known %s', async (_how, more) => {
    const account = await productAccount();
    for (const asked of [deletion(more), deletion(more)]) {
      await ask(account, asked);
      expect(told(account)).toMatchObject({ Status: 'SUCCESS', Reason: 'Nothing was ever made for it.' });
    }

    for (const asked of [creation(), creation()]) {
      await ask(account, asked);
      expect(told(account)).toMatchObject(refusal(`The product ${requestId} was terminated`));
    }

    expect(account.executions.all).toEqual([]);
    expect(account.log).toContainEqual(expect.objectContaining({ level: 'error', error: 'Conflict' }));
    await ask(account, updating());
    expect(told(account)).toMatchObject(refusal('was never carried out'));
    await ask(account, creation({}, { StackId: otherStack }));
    expect(told(account)).toMatchObject({ Reason: expect.stringContaining('belongs to another stack') });
    await ask(account, deletion());
    expect(told(account)).toMatchObject({ ...success, Reason: 'Nothing was ever made for it.' });
  });

  describe('by a name that CloudFormation made up, for nobody had answered', () => {
    const nameless = { PhysicalResourceId: 'SC-Request-1ABCDEF' };

    it('is let go, and what stands is told of', async () => {
      const account = await launched();
      await madeDirectory(account);

      await ask(account, deletion(nameless));

      expect(told(account)).toMatchObject({
        ...success,
        ...nameless,
        Reason: `The request ${requestId} succeeded, of which CloudFormation never heard, and what was made stays: directory it (d-1234567890).`,
      });
      await account.ledgerOf('', requestId).forget('directory', 'it');
      await ask(account, deletion(nameless));
      expect(told(account)).toMatchObject({ Reason: `Nothing of the request ${requestId} is left.` });
    });

    it('is let go, and an execution that is at work is told of', async () => {
      const account = await productAccount();
      const arn = executionArn('create-1');
      await account.clock.busy(async () => {
        await ask(account, creation());
        await account.claimOf(arn, requestId).take(null, new Date());
        await madeDirectory(account);

        await ask(account, deletion(nameless));
      });

      expect(told(account)).toMatchObject({
        Status: 'SUCCESS',
        Reason: `The request ${requestId} never succeeded, and what was made stays: directory it (d-1234567890). An execution is still at work on it: stop it.`,
      });
      await account.executions.ended(arn);
    });

    it("is let go without a word where the request is another stack's", async () => {
      const account = await launched();
      await madeDirectory(account);

      await ask(account, deletion({ ...nameless, StackId: otherStack }));

      expect(told(account)).toMatchObject({ Status: 'SUCCESS', Reason: 'Nothing was ever made for it.' });
      await ask(account, updating());
      expect(told(account)).toMatchObject(success);
    });

    it('makes nothing where its launch is tried again later', async () => {
      const account = await productAccount();
      account.disturb((call, answer) =>
        call.operation === 'StartExecution' ? mishaps.throttled(call, answer) : answer(),
      );
      await expect(ask(account, creation())).rejects.toMatchObject({ name: 'Throttled' });
      account.disturb((_call, answer) => answer());

      await ask(account, deletion(nameless));
      expect(told(account)).toMatchObject({
        Status: 'SUCCESS',
        Reason: `The request ${requestId} never succeeded, and nothing was made.`,
      });

      await ask(account, creation());
      expect(told(account)).toMatchObject(refusal(`The product ${requestId} was terminated`));
      expect(account.executions.all).toEqual([]);
    });
  });
});
