import { isProvisionedProduct } from '../catalog/event.ts';

/** How to have a request carried out once more: the executions of a product are Service Catalog's to start. */
export const anew = (requestId: string | null, byHand: string): string =>
  requestId !== null && isProvisionedProduct(requestId)
    ? `update the product ${requestId} in Service Catalog with something more, a login for instance`
    : byHand;
