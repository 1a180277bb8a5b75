import { isProvisionedProduct } from '../catalog/event.ts';

/** How to have a request carried out once more, and what for: the executions of a product are Service Catalog's to start. */
export const anew = (requestId: string | null, byHand: string, effect: string): string =>
  requestId !== null && isProvisionedProduct(requestId)
    ? `update the product ${requestId} in Service Catalog with another number as its Repetition, which ${effect}; where its launch failed, terminate it and launch it again`
    : `${byHand}, which ${effect}`;
