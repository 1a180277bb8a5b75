import { functions } from '../functions/functions.ts';
import type { Configuration } from './configuration.ts';
import { functionGrants } from './function-grants.ts';
import { arn, names } from './names.ts';
import type { Grant } from './permissions/grant.ts';
import { isFunctionName } from './reads.ts';

/** What IAM allows of all inline policies of a role together; spaces do not count. */
const most = 10_240;

const alone = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? values.join('') : values;

const textOf = (grants: readonly Grant[]): string =>
  JSON.stringify({
    Statement: grants.map(({ actions, resources, conditions }) => ({
      Action: alone(actions),
      Condition: conditions,
      Effect: 'Allow',
      Resource: alone(resources),
    })),
    Version: '2012-10-17',
  });

/** How many characters the policy of each function's role has, by the role's name. */
export const policySizes = (configuration: Configuration): ReadonlyMap<string, number> => {
  // AWS draws the key's id, always as long.
  const keyArn = arn(configuration, 'kms', `key/${'0'.repeat(36)}`);
  return new Map(
    Object.keys(functions)
      .filter(isFunctionName)
      .map((name) => [
        names.function(name),
        textOf(functionGrants({ configuration, keyArn }, name)).replaceAll(/\s/g, '').length,
      ]),
  );
};

/** What is wrong with connections that IAM would not take, role by role. */
export const tooLong = (configuration: Configuration): readonly string[] =>
  [...policySizes(configuration)]
    .filter(([, size]) => size > most)
    .map(
      ([role, size]) =>
        `leave connections, or ids in them, to a deployment in another account: the role ${role} would have a policy of ${size} characters, and IAM allows ${most}`,
    );
