import { z } from 'zod';
import { Forbidden, InvalidRequest } from '../support/errors.ts';
import { step } from '../support/step.ts';
import { connectionsSetting } from './connections.ts';
import { forbidden } from './forbidden.ts';
import { normalisedRequestSchema, parseRequest } from './schema.ts';

/** Checks a request by every rule and against the deployment's connections, and fills in what it leaves out. */
export const validateRequest = step({
  name: 'validate-request',
  input: z.object({ request: z.unknown() }),
  output: normalisedRequestSchema,
  settings: z.object({ CONNECTIONS: connectionsSetting }),
  clients: () => ({}),
  fails: InvalidRequest,
  async run({ request }, { settings }) {
    const normalised = parseRequest(request);
    const reason = forbidden(normalised, settings.CONNECTIONS);
    if (reason !== null) throw new Forbidden(reason);
    return normalised;
  },
});
