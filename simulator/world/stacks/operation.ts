import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../states/data/json.ts';
import { drawn } from '../setting.ts';
import { customResource } from './custom-resource.ts';
import { dependenciesOf, inOrder } from './dependencies.ts';
import { type Resource, ResourceFailed, type ResourceKind, type Surroundings } from './resource.ts';
import type { Stack, Version } from './stack.ts';
import { waitCondition, waitConditionHandle } from './wait-condition.ts';

const kindOf = (type: string): ResourceKind => {
  if (type === 'AWS::CloudFormation::WaitConditionHandle') return waitConditionHandle;
  return type === 'AWS::CloudFormation::WaitCondition' ? waitCondition : customResource;
};

const waitsFor =
  ({ template }: Version) =>
  (name: string): readonly string[] => {
    const definition = template.Resources[name];
    return definition === undefined ? [] : dependenciesOf(definition);
  };

const complaint = (failed: readonly string[], what: 'create' | 'update' | 'delete'): string =>
  `The following resource(s) failed to ${what}: [${failed.join(', ')}].`;

/** One operation on one stack, from its beginning to its end. */
export class Operation {
  readonly #stack: Stack;
  readonly #around: Surroundings;

  constructor(stack: Stack, around: Omit<Surroundings, 'stackId' | 'handles'>) {
    this.#stack = stack;
    this.#around = { ...around, stackId: stack.id, handles: stack.handles };
  }

  async create(): Promise<void> {
    const stack = this.#stack;
    const { version } = stack;
    stack.become('CREATE_IN_PROGRESS', 'User Initiated');
    const failed = await inOrder(
      Object.keys(version.template.Resources),
      waitsFor(version),
      (name, calledOff) => this.#make(version, name, calledOff),
    );
    const why = failed.length > 0 ? complaint(failed, 'create') : this.#show(version);
    if (why === null) return stack.become('CREATE_COMPLETE');
    stack.become('ROLLBACK_IN_PROGRESS', `${why} Rollback requested by user.`);
    const remaining = await this.#removeAll();
    stack.become(remaining === null ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED', remaining);
  }

  async delete(): Promise<void> {
    const stack = this.#stack;
    stack.become('DELETE_IN_PROGRESS', 'User Initiated');
    const remaining = await this.#removeAll();
    stack.become(remaining === null ? 'DELETE_COMPLETE' : 'DELETE_FAILED', remaining);
  }

  async update(next: Version): Promise<void> {
    const stack = this.#stack;
    const { version: before } = stack;
    const isNew = (name: string): boolean => before.template.Resources[name] === undefined;
    /** What was changed, as it was before. */
    const touched = new Map<string, Resource>();
    stack.become('UPDATE_IN_PROGRESS', 'User Initiated');
    const failed = await inOrder(Object.keys(next.template.Resources), waitsFor(next), (name, calledOff) => {
      const resource = stack.resources.get(name);
      return resource === undefined
        ? this.#make(next, name, calledOff)
        : this.#change(next, resource, touched, calledOff);
    });
    const why = failed.length > 0 ? complaint(failed, 'update') : this.#show(next);
    if (why === null) {
      stack.version = next;
      stack.become('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
      await this.#cleanUp(touched, (name) => next.template.Resources[name] === undefined);
      return stack.become('UPDATE_COMPLETE');
    }
    stack.become('UPDATE_ROLLBACK_IN_PROGRESS', why);
    const stuck = await inOrder([...touched.keys()], waitsFor(before), (name, calledOff) =>
      this.#restore(touched.get(name), calledOff),
    );
    if (stuck.length > 0) return stack.become('UPDATE_ROLLBACK_FAILED', complaint(stuck, 'update'));
    stack.become('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    await this.#cleanUp(touched, isNew);
    stack.become('UPDATE_ROLLBACK_COMPLETE');
  }

  /** Fills in the outputs; says why they cannot be, or null. */
  #show(version: Version): string | null {
    try {
      this.#stack.outputs = this.#stack.outputsOf(version);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #make(version: Version, logicalId: string, calledOff: AbortSignal): Promise<void> {
    const stack = this.#stack;
    const { random } = this.#around.setting;
    const { Type: type = '' } = version.template.Resources[logicalId] ?? {};
    const resource: Resource = {
      logicalId,
      type,
      physicalId: `${stack.name}-${logicalId}-${random.hex(12).toUpperCase()}`,
      properties: {},
      attributes: {},
      status: 'CREATE_IN_PROGRESS',
    };
    stack.resources.set(logicalId, resource);
    return stack.carryOut(resource, 'CREATE', async () => {
      await this.#pause();
      resource.properties = stack.properties(version, logicalId);
      await kindOf(type).create(resource, this.#around, calledOff);
    });
  }

  /** Brings a resource to that version, where its properties differ. */
  async #change(
    version: Version,
    resource: Resource,
    touched: Map<string, Resource>,
    calledOff: AbortSignal,
  ): Promise<void> {
    const stack = this.#stack;
    const before = { ...resource };
    let properties: JsonObject;
    try {
      properties = stack.properties(version, resource.logicalId);
    } catch (error) {
      return stack.carryOut(resource, 'UPDATE', () => Promise.reject(error));
    }
    if (isDeepStrictEqual(properties, before.properties)) return;
    const { update } = kindOf(resource.type);
    await stack.carryOut(resource, 'UPDATE', async () => {
      await this.#pause();
      if (update === null)
        throw new ResourceFailed(`Update to resource type ${resource.type} is not supported.`);
      touched.set(resource.logicalId, before);
      resource.properties = properties;
      await update(resource, before.properties, this.#around, calledOff);
    });
  }

  /** Asks for the change back: to the one who made it this is a change like any other. */
  async #restore(before: Resource | undefined, calledOff: AbortSignal): Promise<void> {
    const resource = this.#stack.resources.get(before?.logicalId ?? '');
    if (before === undefined || resource === undefined) return;
    const { properties } = resource;
    await this.#stack.carryOut(resource, 'UPDATE', async () => {
      await this.#pause();
      resource.properties = before.properties;
      await kindOf(resource.type).update?.(resource, properties, this.#around, calledOff);
    });
  }

  /** Removes what nothing names any more, and what was replaced by something of another physical id; a failure changes nothing. */
  async #cleanUp(touched: ReadonlyMap<string, Resource>, isGone: (name: string) => boolean): Promise<void> {
    const gone = [...this.#stack.resources.values()].filter(({ logicalId }) => isGone(logicalId));
    const replaced = [...touched.values()].filter(
      ({ logicalId, physicalId }) => this.#stack.resources.get(logicalId)?.physicalId !== physicalId,
    );
    for (const resource of [...gone, ...replaced])
      try {
        await this.#remove(resource);
      } catch {
        // CloudFormation leaves it there, and tells so.
      }
  }

  /** Removes everything, the last first; says what remains, or null. */
  async #removeAll(): Promise<string | null> {
    const { version, resources } = this.#stack;
    const names = [...resources.keys()].toReversed();
    const neededBy = (name: string): readonly string[] =>
      names.filter((other) => waitsFor(version)(other).includes(name));
    const failed = await inOrder(names, neededBy, async (name) => {
      const resource = resources.get(name);
      if (resource !== undefined) await this.#remove(resource);
    });
    return failed.length === 0 ? null : complaint(failed, 'delete');
  }

  async #remove(resource: Resource): Promise<void> {
    const { resources } = this.#stack;
    await this.#stack.carryOut(resource, 'DELETE', async () => {
      await this.#pause();
      await kindOf(resource.type).delete(resource, this.#around);
    });
    if (resources.get(resource.logicalId) === resource) resources.delete(resource.logicalId);
  }

  /** What CloudFormation takes its time for. */
  #pause(): Promise<void> {
    const { setting } = this.#around;
    return setting.clock.sleep(drawn(setting, 1, 3));
  }
}
