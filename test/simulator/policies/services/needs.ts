import { accessesOf } from '../../../../simulator/policies/accesses.ts';
import type { World } from '../../../../simulator/world/world.ts';

/** What a call needs, short enough for tables: the action, its resources, and its own condition keys. */
export const needs = (
  world: World,
  service: string,
  operation: string,
  input: object,
  keyArn: string | null = null,
): readonly string[] =>
  accessesOf({ service, operation, input }, world, { keyArn }).map(({ action, resources, context }) => {
    const { 'aws:SecureTransport': _tls, 'aws:ViaAWSService': via, ...own } = context;
    const keys = Object.entries(own).map(([key, values]) => `${key}=${values.join('|')}`);
    const name = via?.[0] === 'true' ? `for the caller: ${action}` : action;
    return [name, 'on', resources.map((arn) => short(world, arn)).join(' and '), ...keys.toSorted()].join(
      ' ',
    );
  });

const short = ({ region, accountId }: World, arn: string): string =>
  arn.replace(`:${region}:${accountId}:`, ':').replace(`::${accountId}:`, ':').replace('arn:aws:', '');

export const key = 'arn:aws:kms:eu-central-1:111122223333:key/k';

/** What a service needs of a key, as `needs` tells it. */
export const through = (
  service: string,
  arn: string,
  actions: readonly string[],
  context: readonly string[] = [],
): readonly string[] => {
  const account = 'kms:CallerAccount=111122223333';
  const keys = [account, ...context, `kms:ViaService=${service}.eu-central-1.amazonaws.com`].toSorted();
  return actions.map((action) => ['for the caller:', `kms:${action}`, 'on', arn, ...keys].join(' '));
};
