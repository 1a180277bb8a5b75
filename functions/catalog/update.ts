import { isDeepStrictEqual } from 'node:util';
import { Conflict } from '../support/errors.ts';
import type { Outcome } from './answer.ts';
import { impossibleChanges } from './changes.ts';
import { connectionNamed, deriveRequest } from './derive-request.ts';
import { type Asked, begin, type Desk, ownProduct } from './desk.ts';
import { keptForm, readForm } from './form.ts';

/** Starts the execution for a changed product, whose end is the answer: null. What cannot be changed is refused at once. */
export const update = async (desk: Desk, asked: Asked): Promise<Outcome | null> => {
  const { event, requestId } = asked;
  const { parameters, text } = readForm(event.ResourceProperties);
  const bound = await ownProduct(desk, asked);
  if (bound?.accepted === undefined || bound.execution === undefined)
    throw new Conflict(
      `The request ${requestId} was never carried out, so it cannot be updated. Terminate the product and launch it again.`,
    );
  const before = keptForm(bound.accepted);
  // Also after an update that failed: CloudFormation then asks for what stood before, and that still stands.
  if (isDeepStrictEqual(parameters, before))
    return { succeeded: true, reason: 'Nothing changes.', attributes: { Execution: bound.execution } };
  const impossible = impossibleChanges(before, parameters);
  if (impossible.length > 0)
    throw new Conflict(
      `An update cannot bring this about: ${impossible.join('; ')}. Launch another product.`,
    );
  const connection = connectionNamed(desk.connections, parameters.Connection);
  const request = deriveRequest(requestId, connection, parameters);
  const { StackId, RequestId, LogicalResourceId, ResponseURL: url } = event;
  const about = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: requestId };
  await begin(desk, asked, request, { kind: 'response', url, form: text, event: about });
  return null;
};
