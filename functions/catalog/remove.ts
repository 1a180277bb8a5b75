import { madeInWords } from '../report/made.ts';
import { isAtWork } from '../support/at-work.ts';
import { Conflict } from '../support/errors.ts';
import { Ledger } from '../support/ledger.ts';
import type { Outcome } from './answer.ts';
import { type Asked, type Desk, foreign } from './desk.ts';
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
  // Where a Create was never answered, CloudFormation has made up a name, and the stack must not be kept by it.
  const isAnswered = event.PhysicalResourceId === requestId;
  // A Create that comes later than its Delete must start nothing: nobody would take that down.
  const whose = await new ProvisionedProduct(dynamodb, table, requestId).terminate(event.StackId, now());
  if (whose === "another stack's" && isAnswered) throw foreign(asked);
  if (whose !== 'its own') return done('Nothing was ever made for it.');
  // Whoever only looks holds no claim, so there is no execution of its own.
  const entries = await new Ledger(dynamodb, table, { requestId, execution: '' }, now).all();
  const hasSucceeded = (await findResult(desk, requestId)) !== undefined;
  if (hasSucceeded && entries.length === 0) return done(`Nothing of the request ${requestId} is left.`);
  if (hasSucceeded && isAnswered)
    throw new Conflict(
      `This version of Forestbridge cannot take down what the request ${requestId} made: ${madeInWords(entries)}. Terminate the product with "ignore errors" to take it out of the catalog; what was made stays.`,
    );
  const goesOn = (await isAtWork(desk, requestId)) ? ' An execution is still at work on it: stop it.' : '';
  const came = hasSucceeded ? 'succeeded, of which CloudFormation never heard' : 'never succeeded';
  const remains = entries.length === 0 ? 'nothing was made' : `what was made stays: ${madeInWords(entries)}`;
  return done(`The request ${requestId} ${came}, and ${remains}.${goesOn}`);
};
