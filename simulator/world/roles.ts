import { z } from 'zod';
import { drawn, type Setting } from './setting.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: number;
  readonly description: string | null;
  /** The JSON text of who may assume the role. */
  trustPolicy: string;
  readonly managedPolicyArns: Set<string>;
  readonly inlinePolicies: Map<string, string>;
  readonly tags: Map<string, string>;
  /** Until then the other services do not see the last change. */
  settledAt: number;
}

export interface NewRole {
  readonly name: string;
  readonly trustPolicy: string;
  readonly description?: string | null;
  readonly tags?: ReadonlyMap<string, string>;
}

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementsSchema = z.object({ Statement: z.unknown().transform((statements) => [statements].flat()) });
const trustSchema = z.object({
  Effect: z.literal('Allow'),
  Action: oneOrMany,
  Principal: z.object({ Service: oneOrMany }),
});

const trusts = (trustPolicy: string, principal: string): boolean =>
  statementsSchema.parse(JSON.parse(trustPolicy)).Statement.some((statement) => {
    const { data } = trustSchema.safeParse(statement);
    return (data?.Action.includes('sts:AssumeRole') && data.Principal.Service.includes(principal)) ?? false;
  });

/** The IAM roles of one account; what changes in one is seen by the other services some seconds later. */
export class Roles {
  readonly #setting: Setting;
  readonly #roles = new Map<string, Role>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  get all(): readonly Role[] {
    return [...this.#roles.values()];
  }

  find(name: string): Role | undefined {
    return this.#roles.get(name);
  }

  create({ name, trustPolicy, description, tags }: NewRole): Role {
    const { accountId, clock, random } = this.#setting;
    const role: Role = {
      name,
      arn: `arn:aws:iam::${accountId}:role/${name}`,
      id: `AROA${random.hex(17).toUpperCase()}`,
      createdAt: clock.now(),
      description: description ?? null,
      trustPolicy,
      managedPolicyArns: new Set(),
      inlinePolicies: new Map(),
      tags: new Map(tags),
      settledAt: 0,
    };
    this.#roles.set(name, role);
    this.#changed(role);
    return role;
  }

  /** A role that has been there for long. */
  place(role: NewRole, managedPolicyArns: readonly string[]): Role {
    const placed = this.create(role);
    for (const arn of managedPolicyArns) placed.managedPolicyArns.add(arn);
    placed.settledAt = placed.createdAt;
    return placed;
  }

  attach(role: Role, policyArn: string): void {
    role.managedPolicyArns.add(policyArn);
    this.#changed(role);
  }

  detach(role: Role, policyArn: string): void {
    role.managedPolicyArns.delete(policyArn);
    this.#changed(role);
  }

  remove(role: Role): void {
    this.#roles.delete(role.name);
  }

  /** Whether that service can take on the role and finds the policy in it; if not, the cause in words. */
  usable(name: string, principal: string, managedPolicyArn: string): true | string {
    const role = this.find(name);
    if (role === undefined) return `there is no role ${name}`;
    if (this.#setting.clock.now() < role.settledAt) return `the role ${name} is too new`;
    if (!trusts(role.trustPolicy, principal)) return `the role ${name} does not trust ${principal}`;
    if (!role.managedPolicyArns.has(managedPolicyArn)) return `the role ${name} lacks ${managedPolicyArn}`;
    return true;
  }

  #changed(role: Role): void {
    role.settledAt = this.#setting.clock.now() + drawn(this.#setting, 5, 15);
  }
}
