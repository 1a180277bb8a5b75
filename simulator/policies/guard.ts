import type { Call } from '../wire/operations.ts';
import { ServiceError } from '../wire/service-error.ts';
import type { World } from '../world/world.ts';
import type { Access } from './access.ts';
import { accessesOf } from './accesses.ts';
import { denial } from './denial.ts';
import { type Decision, decide } from './evaluate.ts';
import type { Policy } from './policy.ts';

/** Under whose rights something is done: a role of the account, or an AWS service by itself. */
export interface Principal {
  /** As denials name it: a role's session, or what of a service acts. */
  readonly name: string;
  /** Every name that a resource's policy may give to it. */
  readonly names: readonly string[];
  readonly identity: readonly Policy[];
  /** Condition keys that are the same in everything it does. */
  readonly context?: Access['context'];
}

/** What an account's policies say. */
export interface Permissions {
  /** Who signs calls by which access key; null is who may do everything. */
  readonly signers: ReadonlyMap<string, Principal | null>;
  /** What services act as, by the roles' ARNs. */
  readonly roles: ReadonlyMap<string, Principal>;
  /** The policies of resources, by the resources' ARNs. */
  readonly resources: ReadonlyMap<string, Policy>;
  /** The customer's key for the ledger, the topics and the state machines. */
  readonly keyArn: string;
}

/** Something that was asked for, and what came of it. */
export interface Decided {
  readonly principal: Principal;
  readonly access: Access;
  readonly decision: Decision;
}

const unknownKey = (): ServiceError =>
  new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.');

/** Lets through what an account's policies allow, once it has them; all else is answered as AWS answers it. */
export class Guard {
  /** Everything that was decided, in its order. */
  readonly decided: Decided[] = [];
  #permissions: Permissions | null = null;

  /** From now on these decide; what was set up before was nobody's business. */
  enforce(permissions: Permissions): void {
    this.#permissions = permissions;
  }

  /** A call, with all that it needs beside itself; throws AWS's denial. */
  call(call: Call & { readonly input: unknown }, world: World): void {
    if (this.#permissions === null) return;
    const { signers, keyArn } = this.#permissions;
    const signer = signers.get(call.accessKeyId);
    if (signer === undefined) throw unknownKey();
    if (signer === null) return;
    for (const access of accessesOf(call, world, { keyArn })) this.check(signer, access, call.service);
  }

  /**
   * A workflow's call of a function, as the workflow's role, which also opens and seals the execution's data:
   * https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html; throws AWS's denial.
   */
  task({ arn, roleArn }: { arn: string; roleArn: string }, functionArn: string, region: string): void {
    if (this.#permissions === null) return;
    const { keyArn } = this.#permissions;
    const principal = this.#role(roleArn);
    const context = {
      'kms:EncryptionContext:aws:states:stateMachineArn': [arn],
      'kms:ViaService': [`states.${region}.amazonaws.com`],
    };
    for (const action of ['kms:Decrypt', 'kms:GenerateDataKey'])
      this.check(principal, { action, resources: [keyArn], context });
    this.check(principal, { action: 'lambda:InvokeFunction', resources: [functionArn], context: {} });
  }

  /** CloudFormation's call of a custom resource's function, as the stack's role; throws AWS's denial. */
  customResource(roleArn: string, functionArn: string): void {
    if (this.#permissions === null) return;
    const access = { action: 'lambda:InvokeFunction', resources: [functionArn], context: {} };
    this.check(this.#role(roleArn), access, 'lambda');
  }

  /** One thing under somebody's rights; throws AWS's denial, in the manner of the service that was called. */
  check(principal: Principal, access: Access, service?: string): void {
    if (this.#permissions === null) return;
    const { names: caller, identity, context } = principal;
    const complete = { ...access, context: { ...context, ...access.context } };
    const decision = decide({ caller, identity, resource: this.#permissions.resources }, complete);
    this.decided.push({ principal, access: complete, decision });
    if (!decision.allowed) throw denial(principal.name, complete, decision, service);
  }

  #role(arn: string): Principal {
    const principal = this.#permissions?.roles.get(arn);
    if (principal === undefined) throw new Error(`No policy is known of the role ${arn}.`);
    return principal;
  }
}
