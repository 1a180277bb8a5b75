import { Conflict } from '../support/errors.ts';
import type { Owner } from '../support/ledger.ts';
import type { Desk } from './desk.ts';
import { isProvisionedProduct } from './event.ts';
import { ProvisionedProduct } from './provisioned-product.ts';
import { Waiting } from './waiting.ts';

/** For so long after an execution's end Step Functions gives its name to no other one. */
const nameIsKept = 90 * 24 * 60 * 60_000;

/**
 * Throws where the request id is a product's and the execution is not one that the product's stack asked for, or one
 * that another has overtaken. An id that no product has yet is refused, too: nobody can be there before its owner.
 */
export const checkProduct = async (
  { dynamodb, table, now }: Pick<Desk, 'dynamodb' | 'table' | 'now'>,
  { requestId, execution }: Owner,
): Promise<void> => {
  if (!isProvisionedProduct(requestId)) return;
  const asking = await new Waiting(dynamodb, table, requestId, execution).find();
  if (asking === undefined || now().getTime() - Date.parse(asking.at) > nameIsKept)
    throw new Conflict(
      `The request id ${requestId} is that of a product in Service Catalog, which did not ask for this execution. Usually somebody started it by hand: update the product there, or start a new execution with another requestId.`,
    );
  const product = await new ProvisionedProduct(dynamodb, table, requestId).find();
  if (product?.terminatedAt !== undefined)
    throw new Conflict(
      `The product ${requestId} was terminated. Usually somebody redrove an old execution: launch a new product, or start a new execution with another requestId.`,
    );
  if (product?.askedAt !== undefined && product.askedAt > asking.at)
    throw new Conflict(
      `The product ${requestId} was changed by an execution that was asked for after this one. Usually somebody redrove an old one: update the product again in Service Catalog, which starts a new execution.`,
    );
};
