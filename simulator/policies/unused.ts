import type { Decision, Grant } from './evaluate.ts';
import type { Policy } from './policy.ts';

const keyOf = ({ policy, statement, action }: Grant): string => JSON.stringify([policy, statement, action]);

/** The granted actions by which none of the decisions was reached. */
export const unusedGrants = (
  policies: readonly Policy[],
  decisions: readonly Decision[],
): readonly Grant[] => {
  const used = new Set(
    decisions.flatMap((decision) => (decision.allowed ? decision.statements.map(keyOf) : [])),
  );
  return policies
    .flatMap(({ name: policy, statements }) =>
      statements
        .filter(({ effect }) => effect === 'Allow')
        .flatMap(({ name, actions }) => actions.map((action) => ({ policy, statement: name, action }))),
    )
    .filter((grant) => !used.has(keyOf(grant)));
};
