import { Conflict } from '../support/errors.ts';
import type { Outcome } from './answer.ts';
import { connectionNamed, deriveRequest } from './derive-request.ts';
import { type Asked, begin, type Desk, ownProduct } from './desk.ts';
import { readForm } from './form.ts';
import { ProvisionedProduct } from './provisioned-product.ts';

/** Starts the execution for a new product, and says so at once: a WaitCondition waits for its end. */
export const create = async (desk: Desk, asked: Asked): Promise<Outcome> => {
  const { event, requestId } = asked;
  const { parameters, text, waitHandle } = readForm(event.ResourceProperties);
  const connection = connectionNamed(desk.connections, parameters.Connection);
  const request = deriveRequest(requestId, connection, parameters);
  const product = new ProvisionedProduct(desk.dynamodb, desk.table, requestId);
  if (!(await product.bind(event.StackId, desk.now()))) {
    await ownProduct(desk, asked);
    throw new Conflict(
      `The product ${requestId} was terminated before its launch got here, so nothing is made. Launch it again.`,
    );
  }
  const name = await begin(desk, asked, {
    request,
    form: text,
    whom: { kind: 'condition', url: waitHandle },
  });
  return { succeeded: true, reason: `The execution ${name} has begun.`, attributes: { Execution: name } };
};
