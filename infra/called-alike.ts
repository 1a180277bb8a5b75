import type { Connection } from '../functions/request/connections.ts';

/** Listed instances that are called like new databases, which could then be tagged as if Forestbridge had made them. */
export const calledAlike = (
  connections: readonly Connection[],
): readonly { readonly path: readonly PropertyKey[]; readonly advice: string }[] =>
  [...connections.entries()].flatMap(([index, { existingInstances }]) =>
    [...existingInstances.entries()].flatMap(([at, { identifier }]) =>
      connections.flatMap(({ name, identifierPrefixes }) =>
        identifierPrefixes
          .filter((prefix) => identifier.startsWith(prefix))
          .map((prefix) => ({
            path: ['connections', index, 'existingInstances', at, 'identifier'],
            advice: `leave it out, or write another prefix than "${prefix}" in the connection "${name}": the instance is called like its new databases`,
          })),
      ),
    ),
  );
