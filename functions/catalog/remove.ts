import { madeInWords } from '../report/made.ts';
import { isAtWork } from '../support/at-work.ts';
import { Conflict } from '../support/errors.ts';
import { Ledger } from '../support/ledger.ts';
import type { Outcome } from './answer.ts';
import { type Asked, type Desk, ownProduct } from './desk.ts';
import { findResult } from './find-result.ts';
import { ProvisionedProduct } from './provisioned-product.ts';

const done = (reason: string): Outcome => ({ succeeded: true, reason });

/**
 * What terminating a product comes to. Requests from the catalog keep what they made where they fail, so one that
 * never succeeded is left alone; one that did would have to be taken down.
 */
export const remove = async (desk: Desk, asked: Asked): Promise<Outcome> => {
  const { dynamodb, table, now } = desk;
  const { event, requestId } = asked;
  const product = new ProvisionedProduct(dynamodb, table, requestId);
  // A Create that comes later than its Delete must start nothing: nobody would take that down.
  const isBuried = await product.bury(event.StackId, now());
  // Where a Create was never answered, CloudFormation has made up a name.
  if (isBuried || event.PhysicalResourceId !== requestId) return done('Nothing was ever made for it.');
  await ownProduct(desk, asked);
  // Whoever only looks holds no claim, so there is no execution of its own.
  const entries = await new Ledger(dynamodb, table, { requestId, execution: '' }, now).all();
  if ((await findResult(desk, requestId)) === undefined) {
    const goesOn = (await isAtWork(desk, requestId)) ? ' An execution is still at work on it: stop it.' : '';
    const remains =
      entries.length === 0 ? 'nothing was made' : `what was made stays: ${madeInWords(entries)}`;
    return done(`The request ${requestId} never succeeded, and ${remains}.${goesOn}`);
  }
  if (entries.length === 0) return done(`Nothing of the request ${requestId} is left.`);
  throw new Conflict(
    `This version of Forestbridge cannot take down what the request ${requestId} made: ${madeInWords(entries)}. Terminate the product with "ignore errors" to take it out of the catalog; what was made stays.`,
  );
};
