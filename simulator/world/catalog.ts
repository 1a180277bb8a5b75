import { createHash } from 'node:crypto';
import { type Artifact, CatalogRecord, type Product, type ProvisionedProduct } from './catalog/records.ts';
import { digits, drawnText, lowerCase } from './passwords.ts';
import { drawn, type Setting } from './setting.ts';
import type { Stack } from './stacks/stack.ts';
import { ValidationError } from './stacks/validation-error.ts';
import type { Stacks } from './stacks.ts';

interface NewProduct {
  readonly name: string;
  readonly launchRoleArn: string;
  /** The templates of its versions, by their names, oldest first. */
  readonly versions: Readonly<Record<string, string>>;
}

/** What a requester asks for. */
interface Asked {
  readonly product: Product;
  readonly artifact: Artifact;
  readonly name: string;
  readonly owner: string;
  readonly parameters: ReadonlyMap<string, string>;
}

type Change = Pick<Asked, 'artifact' | 'parameters'>;

/** What was offered before anything happened is no matter of chance: the same offer has the same id. */
const offeredId = (kind: string, of: string): string =>
  `${kind}-${createHash('sha256').update(of).digest('hex').slice(0, 13)}`;

/** Service Catalog's products in one account, and what people have asked for. */
export class Catalog {
  readonly products: Product[] = [];
  readonly provisioned = new Map<string, ProvisionedProduct>();
  readonly records = new Map<string, CatalogRecord>();
  readonly #setting: Setting;
  readonly #stacks: Stacks;

  constructor(setting: Setting, stacks: Stacks) {
    this.#setting = setting;
    this.#stacks = stacks;
  }

  /** Offers a product. */
  offer({ name, launchRoleArn, versions }: NewProduct): Product {
    const createdAt = this.#setting.clock.now();
    const artifacts = Object.entries(versions).map(([version, template]) => ({
      id: offeredId('pa', template),
      name: version,
      template,
      createdAt,
    }));
    const product = { id: offeredId('prod', name), name, launchRoleArn, artifacts };
    this.products.push(product);
    return product;
  }

  /** Begins to make what was asked for. */
  provision({ product, artifact, name, owner, parameters }: Asked): CatalogRecord {
    const { accountId, region, clock } = this.#setting;
    const id = this.#id('pp');
    const provisioned: ProvisionedProduct = {
      id,
      arn: `arn:aws:servicecatalog:${region}:${accountId}:stack/${name}/${id}`,
      name,
      owner,
      product,
      artifact,
      parameters,
      createdAt: clock.now(),
      stack: null,
      status: 'UNDER_CHANGE',
      lastRecord: null,
    };
    this.provisioned.set(id, provisioned);
    const tags = new Map([
      ['aws:servicecatalog:productArn', `arn:aws:catalog:${region}:${accountId}:product/${product.id}`],
      ['aws:servicecatalog:provisionedProductArn', provisioned.arn],
      ['aws:servicecatalog:provisioningArtifactIdentifier', artifact.id],
      ['aws:servicecatalog:provisioningPrincipalArn', owner],
    ]);
    return this.#begin(provisioned, 'PROVISION_PRODUCT', async () => {
      const { stack, done } = this.#stacks.create({
        name: `SC-${accountId}-${id}`,
        roleArn: product.launchRoleArn,
        tags,
        template: artifact.template,
        parameters,
      });
      provisioned.stack = stack;
      await done;
      return stack.status === 'CREATE_COMPLETE' ? 'AVAILABLE' : 'ERROR';
    });
  }

  /** Begins to change it. */
  update(provisioned: ProvisionedProduct, { artifact, parameters }: Change): CatalogRecord {
    return this.#begin(provisioned, 'UPDATE_PROVISIONED_PRODUCT', async () => {
      const stack = this.#stackOf(provisioned);
      await this.#stacks.update(stack, { template: artifact.template, parameters });
      if (stack.status === 'UPDATE_ROLLBACK_FAILED') return 'ERROR';
      if (stack.status !== 'UPDATE_COMPLETE') return 'TAINTED';
      provisioned.artifact = artifact;
      provisioned.parameters = parameters;
      return 'AVAILABLE';
    });
  }

  /** Begins to remove it; with `ignoreErrors` it is no more in the catalog then, whatever is left of its stack. */
  terminate(provisioned: ProvisionedProduct, ignoreErrors = false): CatalogRecord {
    return this.#begin(provisioned, 'TERMINATE_PROVISIONED_PRODUCT', async () => {
      const { stack } = provisioned;
      if (stack !== null) await this.#stacks.delete(stack);
      if (stack !== null && stack.status !== 'DELETE_COMPLETE' && !ignoreErrors) return 'TAINTED';
      this.provisioned.delete(provisioned.id);
      return 'AVAILABLE';
    });
  }

  /** Carries something out; it gives what the product is afterwards, and only AVAILABLE is a success. */
  #begin(
    of: ProvisionedProduct,
    type: CatalogRecord['type'],
    carryOut: () => Promise<ProvisionedProduct['status']>,
  ): CatalogRecord {
    const { clock } = this.#setting;
    const before = of.status;
    const record = new CatalogRecord(this.#id('rec'), type, of, clock.now());
    this.records.set(record.id, record);
    of.lastRecord = record;
    of.status = 'UNDER_CHANGE';
    const run = async (): Promise<void> => {
      await clock.sleep(drawn(this.#setting, 1, 3));
      try {
        of.status = await carryOut();
        if (of.status !== 'AVAILABLE') record.error = of.stack?.failureSince(record.createdAt) ?? null;
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        // Where CloudFormation did not even begin, what was there before is there still.
        of.status = type === 'PROVISION_PRODUCT' ? 'ERROR' : before;
        record.error = error.message;
      }
      record.outcome = record.error === null && of.status === 'AVAILABLE' ? 'SUCCEEDED' : 'FAILED';
      record.outputs = of.stack?.outputs ?? [];
      record.updatedAt = clock.now();
    };
    record.ended = run();
    return record;
  }

  #stackOf({ id, stack }: ProvisionedProduct): Stack {
    if (stack === null)
      throw new ValidationError(`Stack [SC-${this.#setting.accountId}-${id}] does not exist`);
    return stack;
  }

  #id(kind: string): string {
    return `${kind}-${drawnText(this.#setting.random, lowerCase + digits, 13)}`;
  }
}
