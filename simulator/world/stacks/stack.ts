import type { Json, JsonObject } from '../../states/data/json.ts';
import type { Setting } from '../setting.ts';
import { uuid } from '../uuid.ts';
import { resolve, type Scope } from './expressions.ts';
import { valueOf } from './parameters.ts';
import { type Handle, type Resource, ResourceFailed, type ResourceStatus } from './resource.ts';
import type { Template } from './template.ts';

type Progress = 'IN_PROGRESS' | 'COMPLETE' | 'FAILED';
export type StackStatus =
  | `CREATE_${Progress}`
  | `ROLLBACK_${Progress}`
  | `UPDATE_${'IN_PROGRESS' | 'COMPLETE' | 'COMPLETE_CLEANUP_IN_PROGRESS'}`
  | `UPDATE_ROLLBACK_${Progress | 'COMPLETE_CLEANUP_IN_PROGRESS'}`
  | `DELETE_${Progress}`;

/** A template with the values of its parameters. */
export interface Version {
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, string>;
}

export interface StackEvent {
  readonly id: string;
  readonly at: number;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: StackStatus | ResourceStatus;
  readonly reason: string | null;
}

export interface Output {
  readonly key: string;
  readonly value: string;
  readonly description: string | null;
}

/** A stack: what its template has come to. */
export class Stack {
  readonly name: string;
  readonly id: string;
  readonly roleArn: string;
  readonly createdAt: number;
  readonly tags: ReadonlyMap<string, string>;
  readonly resources = new Map<string, Resource>();
  readonly handles = new Map<string, Handle>();
  /** Oldest first. */
  readonly events: StackEvent[] = [];
  version: Version;
  outputs: readonly Output[] = [];
  status: StackStatus = 'CREATE_IN_PROGRESS';
  reason: string | null = null;
  updatedAt: number | null = null;
  readonly #setting: Setting;

  constructor(
    setting: Setting,
    { name, roleArn, version, tags }: Pick<Stack, 'name' | 'roleArn' | 'version' | 'tags'>,
  ) {
    const { accountId, region, clock, random } = setting;
    this.#setting = setting;
    this.name = name;
    this.roleArn = roleArn;
    this.id = `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${uuid(random)}`;
    this.createdAt = clock.now();
    this.version = version;
    this.tags = tags;
  }

  /** Whether nothing is being done with it. */
  get isAtRest(): boolean {
    return !this.status.endsWith('_IN_PROGRESS');
  }

  become(status: StackStatus, reason: string | null = null): void {
    this.status = status;
    this.reason = reason;
    this.#tell({
      logicalId: this.name,
      physicalId: this.id,
      type: 'AWS::CloudFormation::Stack',
      status,
      reason,
    });
  }

  /** Does something with a resource and tells how it goes. */
  async carryOut(
    resource: Resource,
    verb: 'CREATE' | 'UPDATE' | 'DELETE',
    work: () => Promise<void>,
  ): Promise<void> {
    const tell = (progress: Progress, reason: string | null = null): void => {
      const { logicalId, physicalId, type } = resource;
      const status: ResourceStatus = `${verb}_${progress}`;
      resource.status = status;
      this.#tell({ logicalId, physicalId, type, status, reason });
    };
    tell('IN_PROGRESS');
    try {
      await work();
    } catch (error) {
      tell('FAILED', error instanceof Error ? error.message : String(error));
      throw error;
    }
    tell('COMPLETE');
  }

  /** The properties of a resource, as its template and what was made before have them. */
  properties(version: Version, logicalId: string): JsonObject {
    const { Properties = {} } = version.template.Resources[logicalId] ?? {};
    const scope = this.#scope(version);
    return Object.fromEntries(
      Object.entries(Properties).map(([name, value]) => [name, resolve(value, scope)]),
    );
  }

  /** What a version's outputs come to; rejects where one speaks of what there is not. */
  outputsOf(version: Version): readonly Output[] {
    const scope = this.#scope(version);
    return Object.entries(version.template.Outputs).map(([key, { Value, Description = null }]) => {
      const value = resolve(Value, scope);
      return {
        key,
        value: typeof value === 'string' ? value : JSON.stringify(value),
        description: Description,
      };
    });
  }

  /** The first reason why a resource failed since that moment. */
  failureSince(at: number): string | null {
    const failed = this.events.find((event) => event.at >= at && event.status.endsWith('_FAILED'));
    return failed === undefined ? null : `${failed.logicalId}: ${failed.reason}`;
  }

  #scope({ template, parameters }: Version): Scope {
    return {
      ref: (name): Json => {
        const parameter = template.Parameters[name];
        if (parameter !== undefined) return valueOf(parameter, parameters.get(name) ?? '');
        return this.#resource(name).physicalId;
      },
      attribute: (name, attribute) => {
        const value = this.#resource(name).attributes[attribute];
        if (value !== undefined) return value;
        throw new ResourceFailed(
          `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${this.id}|${name}`,
        );
      },
    };
  }

  #resource(logicalId: string): Resource {
    const resource = this.resources.get(logicalId);
    if (resource === undefined) throw new ResourceFailed(`There is no resource ${logicalId}`);
    return resource;
  }

  #tell(event: Omit<StackEvent, 'id' | 'at'>): void {
    const { random, clock } = this.#setting;
    this.events.push({ ...event, id: uuid(random), at: clock.now() });
  }
}
