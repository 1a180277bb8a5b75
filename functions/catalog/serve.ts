import { Forbidden, InvalidRequest } from '../support/errors.ts';
import type { Outcome } from './answer.ts';
import { create } from './create.ts';
import type { Asked, Desk } from './desk.ts';
import { type Event, eventSchema, isProvisionedProduct, requestIdOf, resourceTypes } from './event.ts';
import { handOver } from './hand-over.ts';
import { remove } from './remove.ts';
import { update } from './update.ts';

const readEvent = (json: unknown): Event => {
  const read = eventSchema.safeParse(json);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InvalidRequest(`CloudFormation's request cannot be read: ${problems.join('; ')}.`);
};

/** A Delete may be about something that never came to be, and then must not fail: the stack could not be deleted. */
const removed = async (desk: Desk, event: Event, requestId: string | null): Promise<Outcome> => {
  if (event.ResourceType === resourceTypes.result)
    return { succeeded: true, reason: 'It was only looked at.' };
  return requestId === null
    ? { succeeded: true, reason: 'No product is in this stack.' }
    : remove(desk, { event, requestId });
};

/** Does what CloudFormation asks of a resource of the product; null where the answer comes later. */
export const serve = async (desk: Desk, json: unknown): Promise<Outcome | null> => {
  const event = readEvent(json);
  const requestId = requestIdOf(event.StackId);
  const { RequestType: type, ResourceType, PhysicalResourceId: resource = requestId } = event;
  const isAnother = resource !== null && resource !== requestId && isProvisionedProduct(resource);
  if (isAnother || (type === 'Update' && resource !== requestId))
    throw new Forbidden(
      `The request ${resource} is not that of the stack ${event.StackId}, which must not change it.`,
    );
  if (type === 'Delete') return removed(desk, event, requestId);
  if (requestId === null)
    throw new Forbidden(
      `The stack ${event.StackId} is none of Service Catalog's. Launch the product there, or start an execution by hand.`,
    );
  const asked: Asked = { event, requestId };
  if (ResourceType === resourceTypes.result) return handOver(desk, asked);
  return type === 'Create' ? create(desk, asked) : update(desk, asked);
};
