import { decide, type Grant } from '../../simulator/policies/evaluate.ts';
import type { Decided, Permissions, Principal } from '../../simulator/policies/guard.ts';
import type { Policy } from '../../simulator/policies/policy.ts';
import { unusedGrants } from '../../simulator/policies/unused.ts';
import { matchesResource } from '../../simulator/policies/wildcards.ts';

/** Granted actions that nothing here can use, and why they are granted. */
export interface Exception {
  readonly policy: string;
  readonly statement: string;
  readonly why: string;
}

/** What is wrong with permissions, in words that name it; all of it empty where they are exactly enough. */
export interface Proof {
  /** What was asked for and is not granted. */
  readonly denied: readonly string[];
  /** What is granted, and would not be missed. */
  readonly unused: readonly string[];
  /** Exceptions for nothing. */
  readonly stale: readonly string[];
}

const policiesOf = ({ roles, resources }: Permissions): readonly Policy[] => [
  ...[...roles.values()].flatMap(({ identity }) => identity),
  ...resources.values(),
];

const without = (policy: Policy, { policy: name, statement, action }: Grant): Policy =>
  policy.name === name
    ? {
        ...policy,
        statements: policy.statements.map((each) =>
          each.name === statement && each.effect === 'Allow'
            ? { ...each, actions: each.actions.filter((one) => one !== action) }
            : each,
        ),
      }
    : policy;

const principalWithout = (principal: Principal, grant: Grant): Principal => ({
  ...principal,
  identity: principal.identity.map((policy) => without(policy, grant)),
});

const keyOf = ({ policy, statement, action }: Grant): string => JSON.stringify([policy, statement, action]);

/** The grants without which everything that used them would be allowed all the same: by another one. */
const redundantGrants = (decided: readonly Decided[], { resources }: Permissions): readonly Grant[] => {
  const used = new Map<string, { grant: Grant; by: Decided[] }>();
  for (const each of decided)
    if (each.decision.allowed)
      for (const grant of each.decision.statements) {
        const entry = used.get(keyOf(grant)) ?? { grant, by: [] };
        used.set(keyOf(grant), entry);
        entry.by.push(each);
      }
  return [...used.values()].flatMap(({ grant, by }) => {
    const others = new Map([...resources].map(([arn, policy]) => [arn, without(policy, grant)]));
    const isMissed = by.some(({ principal, access }) => {
      const { names: caller, identity } = principalWithout(principal, grant);
      return !decide({ caller, identity, resource: others }, access).allowed;
    });
    return isMissed ? [] : [grant];
  });
};

/** A statement of a role, with what was reached by each of its actions. */
interface Reach {
  readonly grant: Grant;
  readonly patterns: readonly string[];
  readonly resources: ReadonlySet<string>;
}

const reaches = ({ roles }: Permissions, decided: readonly Decided[]): readonly Reach[] => {
  const reached = new Map<string, Set<string>>();
  for (const { decision, access } of decided)
    for (const grant of decision.allowed ? decision.statements : []) {
      const resources = reached.get(keyOf(grant)) ?? new Set();
      reached.set(keyOf(grant), resources);
      for (const resource of access.resources) resources.add(resource);
    }
  const statements = [...roles.values()].flatMap(({ identity }) =>
    identity.flatMap((policy) => policy.statements.map((statement) => ({ policy, statement }))),
  );
  return statements.flatMap(({ policy, statement }) =>
    statement.actions.map((action) => {
      const grant = { policy: policy.name, statement: statement.name, action };
      return { grant, patterns: statement.resources, resources: reached.get(keyOf(grant)) ?? new Set() };
    }),
  );
};

const words = ({ policy, statement, action }: Grant): string =>
  `${policy}, statement ${statement}: ${action}`;

/** What roles may do to everything, though AWS lets it be said to what. */
export const tooWide = (permissions: Permissions, decided: readonly Decided[]): readonly string[] =>
  reaches(permissions, decided)
    .filter(
      ({ patterns, resources }) =>
        patterns.includes('*') && [...resources].some((resource) => resource !== '*'),
    )
    .map(({ grant }) => words(grant));

/** Patterns of resources that nothing was of; what is configured by its id is not asked to be used. */
const unusedPatterns = (permissions: Permissions, decided: readonly Decided[]): readonly string[] =>
  reaches(permissions, decided).flatMap(({ grant, patterns, resources }) =>
    patterns
      .filter((pattern) => /[*?]/.test(pattern))
      .filter((pattern) => ![...resources].some((resource) => matchesResource(pattern, resource)))
      .filter(() => resources.size > 0)
      .map((pattern) => `${words(grant)} on ${pattern}`),
  );

/** Whether permissions are exactly what was asked for: nothing was denied, and every action was needed. */
export const prove = (
  permissions: Permissions,
  decided: readonly Decided[],
  exceptions: readonly Exception[],
): Proof => {
  const isExcepted = (grant: Grant, { policy, statement }: Exception): boolean =>
    grant.policy === policy && grant.statement === statement;
  const denied = decided.flatMap(({ principal, access, decision }) =>
    decision.allowed ? [] : [`${principal.name}: ${access.action} on ${decision.resource}`],
  );
  const unused = [
    ...unusedGrants(
      policiesOf(permissions),
      decided.map(({ decision }) => decision),
    ),
    ...redundantGrants(decided, permissions),
  ];
  return {
    denied: [...new Set(denied)],
    unused: [
      ...unused.filter((grant) => !exceptions.some((exception) => isExcepted(grant, exception))).map(words),
      ...unusedPatterns(permissions, decided),
    ],
    stale: exceptions
      .filter((exception) => !unused.some((grant) => isExcepted(grant, exception)))
      .map(({ policy, statement }) => `${policy}, statement ${statement}`),
  };
};
