import type { Access } from './access.ts';
import { meets } from './conditions.ts';
import type { Policy, Principals, Statement } from './policy.ts';
import { matchesAction, matchesResource } from './wildcards.ts';

/** What decides on the calls of one caller. */
export interface Policies {
  /** Every name that a resource's policy may give to the caller: its role, its session, or a service's principal. */
  readonly caller: readonly string[];
  readonly identity: readonly Policy[];
  /** The policies of resources, by the resources' ARNs. */
  readonly resource?: ReadonlyMap<string, Policy>;
}

/** An action as a statement writes it. */
export interface Grant {
  readonly policy: string;
  readonly statement: string;
  readonly action: string;
}

type Kind = 'identity' | 'resource';

export type Decision =
  | { readonly allowed: true; readonly statements: readonly Grant[] }
  | {
      readonly allowed: false;
      /** Whether a statement denies it; otherwise no statement allows it. */
      readonly explicit: boolean;
      /** What kind of policy denies it. */
      readonly kind: Kind;
      readonly action: string;
      readonly resource: string;
    };

/** How a statement of a resource's policy means the caller: by a name of its own, or through its account. */
type Meant = 'directly' | 'by account' | 'not';

interface Match {
  readonly kind: Kind;
  readonly meant: Meant;
  readonly effect: Statement['effect'];
  readonly grants: readonly Grant[];
}

const accountOf = (arn: string): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

const meant = ({ aws, services }: Principals, caller: readonly string[]): Meant => {
  if ([...aws, ...services].some((name) => name === '*' || caller.includes(name))) return 'directly';
  const accounts = caller.map(accountOf).filter((account) => account !== undefined);
  const named = new Set(aws.map((name) => /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1]));
  return accounts.some((account) => named.has(account)) ? 'by account' : 'not';
};

const matchesIn = (
  policy: Policy,
  kind: Kind,
  { action, context }: Access,
  resource: string,
  caller: readonly string[],
): readonly Match[] =>
  policy.statements.flatMap((statement): Match[] => {
    const { name, effect, actions, resources, principals, conditions } = statement;
    const patterns = actions.filter((pattern) => matchesAction(pattern, action));
    if (patterns.length === 0 || !resources.some((pattern) => matchesResource(pattern, resource))) return [];
    const how = principals === null ? 'directly' : meant(principals, caller);
    if (how === 'not' || !conditions.every((condition) => meets(condition, context))) return [];
    const grants = patterns.map((pattern) => ({ policy: policy.name, statement: name, action: pattern }));
    return [{ kind, meant: how, effect, grants }];
  });

/** What the policies say of one resource. */
const decideOn = (policies: Policies, access: Access, resource: string): Decision => {
  const { caller, identity } = policies;
  const own = policies.resource?.get(resource);
  const matches = [
    ...identity.flatMap((policy) => matchesIn(policy, 'identity', access, resource, caller)),
    ...(own === undefined ? [] : matchesIn(own, 'resource', access, resource, caller)),
  ];
  const denying = matches.find(({ effect }) => effect === 'Deny');
  const denied = { allowed: false, action: access.action, resource } as const;
  if (denying !== undefined) return { ...denied, explicit: true, kind: denying.kind };

  const byIdentity = matches.some(({ kind }) => kind === 'identity');
  const byResource = matches.some(({ kind, meant }) => kind === 'resource' && meant === 'directly');
  // Nobody may use a key whose own policy does not say so, if only of the whole account.
  const isKept = access.action.startsWith('kms:') && own !== undefined;
  const mayDelegate = !isKept || matches.some(({ kind }) => kind === 'resource');
  if (byResource || (byIdentity && mayDelegate))
    return { allowed: true, statements: matches.flatMap(({ grants }) => grants) };
  return { ...denied, explicit: false, kind: byIdentity ? 'resource' : 'identity' };
};

/** Whether a caller may do it, on every one of its resources: only what is allowed, and nothing that is denied. */
export const decide = (policies: Policies, access: Access): Decision => {
  const statements: Grant[] = [];
  for (const resource of access.resources) {
    const decision = decideOn(policies, access, resource);
    if (!decision.allowed) return decision;
    statements.push(...decision.statements);
  }
  return { allowed: true, statements };
};
