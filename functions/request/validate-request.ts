import { z } from 'zod';
import { Forbidden, InvalidRequest } from '../support/errors.ts';
import { step } from '../support/step.ts';
import { connectionsSchema, forbidden } from './connections.ts';
import { normalisedRequestSchema, parseRequest } from './schema.ts';

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('write the list of connections as JSON');
    return z.NEVER;
  }
});

/** Checks a request by every rule and against the deployment's connections, and fills in what it leaves out. */
export const validateRequest = step({
  name: 'validate-request',
  input: z.object({ request: z.unknown() }),
  output: normalisedRequestSchema,
  settings: z.object({ CONNECTIONS: json.pipe(connectionsSchema) }),
  clients: () => ({}),
  fails: InvalidRequest,
  async run({ request }, { settings }) {
    const normalised = parseRequest(request);
    const reason = forbidden(normalised, settings.CONNECTIONS);
    if (reason !== null) throw new Forbidden(reason);
    return normalised;
  },
});
