import { Conflict } from '../support/errors.ts';
import type { Outcome } from './answer.ts';
import { type Asked, type Desk, foreign, ownProduct } from './desk.ts';
import { findResult } from './find-result.ts';

/** How to reach the database, for the outputs of the product. */
export const handOver = async (desk: Desk, asked: Asked): Promise<Outcome> => {
  const { requestId } = asked;
  if ((await ownProduct(desk, asked)) === undefined) throw foreign(asked);
  const database = (await findResult(desk, requestId))?.database;
  if (database === undefined)
    throw new Conflict(`The request ${requestId} has no database yet, so there is nothing to hand over.`);
  const { endpoint, port, kerberosName } = database;
  return {
    succeeded: true,
    reason: `${kerberosName} answers on port ${port}.`,
    attributes: { Endpoint: endpoint, Port: String(port), KerberosName: kerberosName },
  };
};
