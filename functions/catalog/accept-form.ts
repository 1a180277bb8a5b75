import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ProvisionedProduct } from './provisioned-product.ts';
import { executionName } from './start-execution.ts';
import { Waiting } from './waiting.ts';

/**
 * Remembers the form of the catalog that an execution has carried out, where it was started for one: also where nobody
 * waits any more, who was told "still running", or of a failure before a redrive.
 */
export const acceptForm = async (
  { dynamodb, table }: { readonly dynamodb: DynamoDBClient; readonly table: string },
  requestId: string,
  execution: string,
): Promise<void> => {
  const asking = await new Waiting(dynamodb, table, requestId, execution).find();
  if (asking === undefined) return;
  const { form, at: askedAt } = asking;
  const product = new ProvisionedProduct(dynamodb, table, requestId);
  await product.accept(form, { name: executionName(execution), askedAt });
};
