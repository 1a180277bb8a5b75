import {
  DescribeProvisionedProductCommand,
  ProvisionProductCommand,
  type RecordDetail,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
  UpdateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import { localClient } from '../../cli/local-client.ts';
import { productName, productVersion } from '../../cli/offer-product.ts';
import { operatorKey } from '../../cli/signatures.ts';
import type { CatalogRecord } from '../../simulator/world/catalog/records.ts';
import type { Stack, StackEvent } from '../../simulator/world/stacks/stack.ts';
import { type Deployment, deployedForTest, requestNamed } from './provisioning.ts';

type Form = Readonly<Record<string, string>>;

/** The form of the catalog over the connection that the request one-way-forest is made for. */
export const form: Form = {
  Connection: 'orders',
  DatabaseIdentifier: 'orders',
  InstanceClass: 'db.r6i.xlarge',
  Logins: 'DBAdmins',
};

const listed = (given: Form) => Object.entries(given).map(([Key, Value]) => ({ Key, Value }));

/** Somebody who asks for things in the catalog, by the key that they call with. */
export const requester = ({ account }: Pick<Deployment, 'account'>, accessKeyId = operatorKey) => {
  const { region } = account.world;
  const requestHandler = account.endpoint.requestHandler();
  const client = new ServiceCatalogClient(localClient({ requestHandler, region }, accessKeyId));
  const { records } = account.world.catalog;
  const over = async ({
    RecordDetail,
  }: {
    RecordDetail?: RecordDetail | undefined;
  }): Promise<CatalogRecord> => {
    const record = records.get(RecordDetail?.RecordId ?? '');
    if (record === undefined) throw new Error('Service Catalog has no record of what was asked for.');
    await record.ended;
    return record;
  };
  return {
    /** Each resolves when what was asked for is over. */
    launch: async (given: Form, name = 'mine') =>
      over(
        await client.send(
          new ProvisionProductCommand({
            ProductName: productName,
            ProvisioningArtifactName: productVersion,
            ProvisionedProductName: name,
            ProvisioningParameters: listed(given),
          }),
        ),
      ),
    update: async (ProvisionedProductId: string, given: Form) =>
      over(
        await client.send(
          new UpdateProvisionedProductCommand({
            ProvisionedProductId,
            ProvisioningParameters: listed(given),
          }),
        ),
      ),
    terminate: async (ProvisionedProductId: string, IgnoreErrors = false) =>
      over(await client.send(new TerminateProvisionedProductCommand({ ProvisionedProductId, IgnoreErrors }))),
    status: async (Id: string) => {
      const described = await client.send(new DescribeProvisionedProductCommand({ Id }));
      return described.ProvisionedProductDetail?.Status;
    },
  };
};

/** A deployment whose catalog offers the product, and a requester. */
export const catalogForTest = async () => {
  const deployment = await deployedForTest(requestNamed('one-way-forest'));
  return { ...deployment, ...requester(deployment) };
};

export type Catalog = Awaited<ReturnType<typeof catalogForTest>>;

export const stackOf = ({ of: { stack } }: CatalogRecord): Stack => {
  if (stack === null) throw new Error('It has come to no stack.');
  return stack;
};

/** What became of the resources and the stack, in its order, with the logical ids. */
export const endsOf = (stack: Stack): readonly string[] =>
  stack.events
    .filter(({ status }) => !status.endsWith('_IN_PROGRESS'))
    .map(
      ({ status, logicalId }: StackEvent) => `${status} ${logicalId.startsWith('SC-') ? 'stack' : logicalId}`,
    );

export const minutesOf = ({ createdAt, updatedAt }: CatalogRecord): number =>
  (updatedAt - createdAt) / 60_000;

/** The logins of the database that the form asks for. */
export const loginsOf = ({ sqlServers }: Catalog['account']): readonly string[] | undefined =>
  sqlServers.serverOf('orders')?.logins.map(({ name }) => name);
