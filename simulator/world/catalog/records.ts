import type { Output, Stack } from '../stacks/stack.ts';

/** One version of a product: a template. */
export interface Artifact {
  readonly id: string;
  readonly name: string;
  readonly template: string;
  readonly createdAt: number;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly launchRoleArn: string;
  /** Oldest first. */
  readonly artifacts: readonly Artifact[];
}

/** What somebody asked for in the catalog, and what has come of it. */
export interface ProvisionedProduct {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** The ARN of who asked for it. */
  readonly owner: string;
  readonly product: Product;
  readonly createdAt: number;
  artifact: Artifact;
  parameters: ReadonlyMap<string, string>;
  stack: Stack | null;
  status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED' | 'ERROR';
  lastRecord: CatalogRecord | null;
}

/** One thing that was asked for. */
export class CatalogRecord {
  readonly id: string;
  readonly type: 'PROVISION_PRODUCT' | 'UPDATE_PROVISIONED_PRODUCT' | 'TERMINATE_PROVISIONED_PRODUCT';
  readonly of: ProvisionedProduct;
  readonly createdAt: number;
  updatedAt: number;
  outcome: 'SUCCEEDED' | 'FAILED' | null = null;
  /** Why it failed, or null. */
  error: string | null = null;
  outputs: readonly Output[] = [];
  /** Resolves when it is over. */
  ended: Promise<void> = Promise.resolve();

  constructor(id: string, type: CatalogRecord['type'], of: ProvisionedProduct, createdAt: number) {
    this.id = id;
    this.type = type;
    this.of = of;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  get status(): 'CREATED' | 'IN_PROGRESS' | 'IN_PROGRESS_IN_ERROR' | 'SUCCEEDED' | 'FAILED' {
    if (this.outcome !== null) return this.outcome;
    const { stack } = this.of;
    if (stack === null) return 'CREATED';
    return stack.status.includes('ROLLBACK') && !stack.isAtRest ? 'IN_PROGRESS_IN_ERROR' : 'IN_PROGRESS';
  }
}
