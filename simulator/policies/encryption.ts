import type { Access } from './access.ts';
import { arn, on, onBehalf, resource } from './resources.ts';
import type { Surroundings } from './rows.ts';

/** A key of the account by its ARN, id or alias; the one that AWS manages for a service where none is named. */
export const keyOf = (at: Surroundings, given: string | null | undefined, service: string): string => {
  // AWS draws the ids of its own keys; here they say whose they are.
  const managed = given?.match(/alias\/aws\/(.+)$/)?.[1] ?? (given ? undefined : service);
  if (managed !== undefined) return arn(at, 'kms', `key/aws-${managed}`);
  if (!given?.includes('alias/')) return given?.startsWith('arn:') ? given : arn(at, 'kms', `key/${given}`);
  if (at.keyArn === null) throw new Error(`The table of permissions does not know which key ${given} is.`);
  return at.keyArn;
};

/** What a service asks of a key in the name of who called it. */
export const withKey = (
  at: Surroundings,
  keyArn: string,
  service: string,
  actions: readonly string[],
  context: Access['context'] = {},
): readonly Access[] => {
  const { region, accountId } = at.world;
  const key = resource(keyArn, {
    'kms:ViaService': [`${service}.${region}.amazonaws.com`],
    'kms:CallerAccount': [accountId],
    ...context,
  });
  return onBehalf(actions.map((action) => on(`kms:${action}`, key)));
};

/** The same on the key that the customer has for such things, if there is one. */
export const withCustomersKey = (
  at: Surroundings,
  service: string,
  actions: readonly string[],
  encrypted: Readonly<Record<string, string>>,
): readonly Access[] => {
  if (at.keyArn === null) return [];
  const context = Object.entries(encrypted).map(([name, value]) => [
    `kms:EncryptionContext:${name}`,
    [value],
  ]);
  return withKey(at, at.keyArn, service, actions, Object.fromEntries(context));
};
