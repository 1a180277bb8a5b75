import { z } from 'zod';

const text = z.string().min(1);

/** Enough of what CloudFormation sends to answer it, whatever else is wrong with it. */
export const answerableSchema = z.looseObject({
  ResponseURL: text,
  StackId: z.string().catch(''),
  RequestId: z.string().catch(''),
  LogicalResourceId: z.string().catch(''),
  PhysicalResourceId: text.optional().catch(undefined),
});

/** The two custom resources of the product: the request, and what came of it. */
export const resourceTypes = {
  request: 'Custom::ForestbridgeRequest',
  result: 'Custom::ForestbridgeResult',
} as const;

/** What CloudFormation asks of a custom resource. */
export const eventSchema = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResourceType: z.enum(resourceTypes),
  StackId: text,
  /** It becomes part of an execution's name. */
  RequestId: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  LogicalResourceId: text,
  ResponseURL: text,
  PhysicalResourceId: text.optional(),
  ResourceProperties: z.record(z.string(), z.unknown()).default({}),
});
export type Event = Readonly<z.output<typeof eventSchema>>;

const provisionedProduct = /^pp-[a-z0-9]{8,20}$/;
const stackOfProduct = /^arn:aws[a-z-]*:cloudformation:[a-z0-9-]+:(\d{12}):stack\/SC-\1-(pp-[^/]+)\/[^/]+$/;

/** Whether that could be the id of a provisioned product, and so of a request from the catalog. */
export const isProvisionedProduct = (id: string): boolean => provisionedProduct.test(id);

/** The id of the provisioned product whose stack it is, as Service Catalog names stacks; null where it is another stack. */
export const requestIdOf = (stackId: string): string | null => {
  const id = stackOfProduct.exec(stackId)?.[2] ?? '';
  return isProvisionedProduct(id) ? id : null;
};
