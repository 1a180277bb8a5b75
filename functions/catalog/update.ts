import { isDeepStrictEqual } from 'node:util';
import { Conflict } from '../support/errors.ts';
import type { Outcome } from './answer.ts';
import { changesOfFixed, takings } from './changes.ts';
import { connectionNamed, deriveRequest } from './derive-request.ts';
import { type Asked, begin, type Desk, ownProduct } from './desk.ts';
import { keptForm, readForm } from './form.ts';
import { isRolledBack } from './rollback.ts';

const impossible = (changes: readonly string[]): Conflict =>
  new Conflict(`An update cannot bring this about: ${changes.join('; ')}. Launch another product.`);

/** Starts the execution for a changed product, whose end is the answer: null. What cannot be changed is refused at once. */
export const update = async (desk: Desk, asked: Asked): Promise<Outcome | null> => {
  const { event, requestId } = asked;
  const bound = await ownProduct(desk, asked);
  // It must not fail, and nothing is to be carried out: the stack could neither go on nor back.
  if (await isRolledBack(desk.cloudFormation, event.StackId))
    return {
      succeeded: true,
      reason: 'What was carried out stays. Update again with the values that are wanted.',
      attributes: { Execution: bound?.execution ?? '' },
    };
  if (bound?.accepted === undefined || bound.execution === undefined)
    throw new Conflict(
      `The request ${requestId} was never carried out, so it cannot be updated. Terminate the product and launch it again.`,
    );
  const { parameters, text } = readForm(event.ResourceProperties);
  const before = keptForm(bound.accepted);
  if (isDeepStrictEqual(parameters, before))
    return { succeeded: true, reason: 'Nothing changes.', attributes: { Execution: bound.execution } };
  if (parameters.Connection !== before.Connection) throw impossible(changesOfFixed(before, parameters));
  const connection = connectionNamed(desk.connections, parameters.Connection);
  const request = deriveRequest(requestId, connection, parameters);
  const changes = [...changesOfFixed(before, parameters), ...takings(connection, before, parameters)];
  if (changes.length > 0) throw impossible(changes);
  const { StackId, RequestId, LogicalResourceId, ResponseURL: url } = event;
  const about = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: requestId };
  await begin(desk, asked, { request, form: text, whom: { kind: 'response', url, event: about } });
  return null;
};
