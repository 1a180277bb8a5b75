import type * as sdk from '@aws-sdk/client-service-catalog';
import type { Call, Operations } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { Artifact, CatalogRecord, Product, ProvisionedProduct } from '../world/catalog/records.ts';
import type { Catalog } from '../world/catalog.ts';
import type { Setting } from '../world/setting.ts';
import { required } from './required.ts';

const invalid = (message: string): ServiceError => new ServiceError('InvalidParametersException', message);
const unknown = (message: string): ServiceError => new ServiceError('ResourceNotFoundException', message);

interface Named {
  readonly id: string;
  readonly name: string;
}

const isMeant = ({ id, name }: Named, givenId: string | undefined, givenName: string | undefined): boolean =>
  givenId === undefined ? name === givenName : id === givenId;

type AskedVersion = Pick<
  sdk.ProvisionProductInput,
  'ProductId' | 'ProductName' | 'ProvisioningArtifactId' | 'ProvisioningArtifactName'
>;

const productOf = ({ products }: Catalog, { ProductId, ProductName }: AskedVersion): Product => {
  const product = products.find((one) => isMeant(one, ProductId, ProductName));
  if (product === undefined) throw unknown(`Product ${ProductId ?? ProductName ?? ''} not found.`);
  return product;
};

const artifactOf = (
  { artifacts }: Product,
  { ProvisioningArtifactId, ProvisioningArtifactName }: AskedVersion,
): Artifact => {
  const artifact = artifacts.find((one) => isMeant(one, ProvisioningArtifactId, ProvisioningArtifactName));
  if (artifact === undefined)
    throw unknown(
      `Provisioning Artifact ${ProvisioningArtifactId ?? ProvisioningArtifactName ?? ''} not found.`,
    );
  return artifact;
};

const recordDetail = (record: CatalogRecord): sdk.RecordDetail => ({
  RecordId: record.id,
  RecordType: record.type,
  Status: record.status,
  CreatedTime: new Date(record.createdAt),
  UpdatedTime: new Date(record.updatedAt),
  ProvisionedProductId: record.of.id,
  ProvisionedProductName: record.of.name,
  ProvisionedProductType: 'CFN_STACK',
  ProductId: record.of.product.id,
  ProvisioningArtifactId: record.of.artifact.id,
  LaunchRoleArn: record.of.product.launchRoleArn,
  RecordErrors:
    record.error === null ? [] : [{ Code: 'AmazonCloudFormationException', Description: record.error }],
});

const outputsOf = (record: CatalogRecord): sdk.RecordOutput[] => {
  const { stack } = record.of;
  const arn =
    stack === null
      ? []
      : [
          {
            OutputKey: 'CloudformationStackARN',
            OutputValue: stack.id,
            Description: 'The ARN of the launched Cloudformation Stack',
          },
        ];
  const own = record.outputs.map(({ key, value, description }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description ?? undefined,
  }));
  return [...arn, ...own];
};

const atRest = (provisioned: ProvisionedProduct): ProvisionedProduct => {
  if (provisioned.status === 'UNDER_CHANGE')
    throw invalid(`Provisioned product ${provisioned.id} is under change. Wait until it is not.`);
  return provisioned;
};

/** Service Catalog for end users, each of whom sees and changes what is their own, as AWS's policy for them has it. */
export const serviceCatalog = (
  catalog: Catalog,
  { accountId, region }: Pick<Setting, 'accountId' | 'region'>,
): Operations<typeof sdk> => {
  const callerOf = ({ accessKeyId }: Call): string => `arn:aws:iam::${accountId}:user/${accessKeyId}`;
  /** What was asked for with a token, so that nothing is asked for twice. */
  const tokens = new Map<string, CatalogRecord>();
  const once = (token: string | undefined, begin: () => CatalogRecord): CatalogRecord => {
    const record = tokens.get(token ?? '') ?? begin();
    if (token !== undefined) tokens.set(token, record);
    return record;
  };
  const mine = (id: string | undefined, name: string | undefined, call: Call): ProvisionedProduct => {
    const found = [...catalog.provisioned.values()].find((one) => isMeant(one, id, name));
    if (found === undefined) throw unknown(`Provisioned product not found: ${id ?? name ?? ''}`);
    if (found.owner === callerOf(call)) return found;
    throw new ServiceError(
      'AccessDeniedException',
      `User: ${callerOf(call)} is not authorized to perform: servicecatalog:${call.operation} on resource: arn:aws:servicecatalog:${region}:${accountId}:stack/${found.name}/${found.id} because no identity-based policy allows the servicecatalog:${call.operation} action`,
    );
  };

  return {
    SearchProducts() {
      const ProductViewSummaries = catalog.products.map(({ id, name }) => ({
        ProductId: id,
        Name: name,
        Type: 'CLOUD_FORMATION_TEMPLATE' as const,
        HasDefaultPath: true,
      }));
      return { ProductViewSummaries };
    },

    ProvisionProduct(asked, call) {
      const name = required(asked.ProvisionedProductName, 'ProvisionedProductName');
      const product = productOf(catalog, asked);
      const record = once(asked.ProvisionToken, () => {
        if ([...catalog.provisioned.values()].some((one) => one.name === name))
          throw invalid(`A provisioned product named ${name} already exists.`);
        const parameters = new Map(
          asked.ProvisioningParameters?.map(({ Key = '', Value = '' }) => [Key, Value]),
        );
        const artifact = artifactOf(product, asked);
        return catalog.provision({ product, artifact, name, parameters, owner: callerOf(call) });
      });
      return { RecordDetail: recordDetail(record) };
    },

    UpdateProvisionedProduct(asked, call) {
      const { ProvisionedProductId, ProvisionedProductName, ProvisioningArtifactId } = asked;
      const record = once(asked.UpdateToken, () => {
        const provisioned = atRest(mine(ProvisionedProductId, ProvisionedProductName, call));
        const isSame = ProvisioningArtifactId === undefined && asked.ProvisioningArtifactName === undefined;
        const artifact = isSame ? provisioned.artifact : artifactOf(provisioned.product, asked);
        const parameters = new Map(
          asked.ProvisioningParameters?.map(({ Key = '', Value = '', UsePreviousValue }) => [
            Key,
            UsePreviousValue ? (provisioned.parameters.get(Key) ?? '') : Value,
          ]),
        );
        return catalog.update(provisioned, { artifact, parameters });
      });
      return { RecordDetail: recordDetail(record) };
    },

    TerminateProvisionedProduct(asked, call) {
      const { ProvisionedProductId, ProvisionedProductName, IgnoreErrors } = asked;
      const record = once(asked.TerminateToken, () =>
        catalog.terminate(atRest(mine(ProvisionedProductId, ProvisionedProductName, call)), IgnoreErrors),
      );
      return { RecordDetail: recordDetail(record) };
    },

    DescribeRecord({ Id }) {
      const record = catalog.records.get(required(Id, 'Id'));
      if (record === undefined) throw unknown(`Record not found: ${Id}`);
      return { RecordDetail: recordDetail(record), RecordOutputs: outputsOf(record) };
    },

    DescribeProvisionedProduct({ Id, Name }, call) {
      const { id, name, arn, status, createdAt, product, artifact, lastRecord } = mine(Id, Name, call);
      return {
        ProvisionedProductDetail: {
          Id: id,
          Name: name,
          Arn: arn,
          Type: 'CFN_STACK',
          Status: status,
          StatusMessage: lastRecord?.error ?? undefined,
          CreatedTime: new Date(createdAt),
          LastRecordId: lastRecord?.id,
          ProductId: product.id,
          ProvisioningArtifactId: artifact.id,
          LaunchRoleArn: product.launchRoleArn,
        },
      };
    },
  };
};
