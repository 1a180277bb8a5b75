import type { JsonObject } from '../states/data/json.ts';
import type { Setting } from './setting.ts';
import { Operation } from './stacks/operation.ts';
import { checkedParameters } from './stacks/parameters.ts';
import { SignedUrls } from './stacks/signed-urls.ts';
import { Stack, type Version } from './stacks/stack.ts';
import { readTemplate } from './stacks/template.ts';
import { ValidationError } from './stacks/validation-error.ts';

interface NewVersion {
  readonly template: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Lambda takes an event for later, from CloudFormation as that role. */
export type DeliverEvent = (functionArn: string, event: JsonObject, roleArn: string) => Promise<void>;

interface NewStack extends NewVersion {
  readonly name: string;
  /** What CloudFormation makes it as. */
  readonly roleArn: string;
  readonly tags: ReadonlyMap<string, string>;
}

const read = ({ template: body, parameters }: NewVersion): Version => {
  const template = readTemplate(body);
  return { template, parameters: checkedParameters(template, parameters) };
};

/** CloudFormation's stacks of one account. What is wrong before it begins is thrown as a ValidationError. */
export class Stacks {
  readonly urls: SignedUrls;
  /** How often Lambda delivers each event: once, or, as it may happen, twice. */
  deliveries = 1;
  readonly all: Stack[] = [];
  readonly #setting: Setting;
  #deliver: DeliverEvent = (functionArn) => Promise.reject(new Error(`Nothing is known of ${functionArn}.`));

  constructor(setting: Setting) {
    this.#setting = setting;
    this.urls = new SignedUrls(setting);
  }

  /** Says how functions get their events. */
  deliverBy(deliver: DeliverEvent): void {
    this.#deliver = deliver;
  }

  /** By name, as long as it is not deleted, or by id. */
  find(nameOrId: string): Stack | undefined {
    return this.all.find(
      ({ name, id, status }) => id === nameOrId || (name === nameOrId && status !== 'DELETE_COMPLETE'),
    );
  }

  /** Begins to make a stack; `done` resolves when it is made, or rolled back. */
  create({ name, roleArn, tags, ...version }: NewStack): {
    readonly stack: Stack;
    readonly done: Promise<void>;
  } {
    if (this.find(name) !== undefined) throw new ValidationError(`Stack [${name}] already exists`);
    const stack = new Stack(this.#setting, { name, roleArn, tags, version: read(version) });
    this.all.push(stack);
    return { stack, done: this.#operation(stack).create() };
  }

  /** Begins to change a stack; resolves when it is changed, or rolled back. */
  update(stack: Stack, next: NewVersion): Promise<void> {
    if (!['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'].includes(stack.status))
      throw new ValidationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
    const version = read(next);
    const { template, parameters } = stack.version;
    if (
      JSON.stringify([template, [...parameters]]) ===
      JSON.stringify([version.template, [...version.parameters]])
    )
      throw new ValidationError('No updates are to be performed.');
    stack.updatedAt = this.#setting.clock.now();
    return this.#operation(stack).update(version);
  }

  /** Begins to delete a stack; resolves when it is gone, or could not be. */
  delete(stack: Stack): Promise<void> {
    if (!stack.isAtRest)
      throw new ValidationError(`Stack:${stack.id} is in ${stack.status} state and can not be deleted.`);
    return this.#operation(stack).delete();
  }

  #operation(stack: Stack): Operation {
    return new Operation(stack, {
      setting: this.#setting,
      urls: this.urls,
      deliver: async (functionArn, event) => {
        for (let time = 0; time < this.deliveries; time += 1)
          await this.#deliver(functionArn, event, stack.roleArn);
      },
    });
  }
}
