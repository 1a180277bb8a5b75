import type { Access } from './access.ts';
import type { Surroundings } from './rows.ts';

type Context = Access['context'];

/** A resource as policies see it: how it may be called, all of which must be allowed, and its own condition keys. */
export interface Resource {
  readonly arns: readonly string[];
  readonly context: Context;
}

export const arn = ({ world }: Surroundings, service: string, resource: string): string =>
  `arn:aws:${service}:${world.region}:${world.accountId}:${resource}`;

/** Of what belongs to no Region. */
export const globalArn = ({ world }: Surroundings, service: string, resource: string): string =>
  `arn:aws:${service}::${world.accountId}:${resource}`;

export const resource = (arn: string, context: Context = {}): Resource => ({ arns: [arn], context });

/** The tags of a thing, under each of the keys that its service has for them. */
export const tagged = (tags: Iterable<readonly [string, string]>, ...keys: readonly string[]): Context =>
  Object.fromEntries([...tags].flatMap(([tag, value]) => keys.map((key) => [`${key}/${tag}`, [value]])));

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The tags that a call sends. */
export const sentTags = (tags: readonly Tag[] = []): Context => {
  const pairs = tags.map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return pairs.length === 0
    ? {}
    : { ...tagged(pairs, 'aws:RequestTag'), 'aws:TagKeys': pairs.map(([key]) => key) };
};

export const on = (action: string, { arns, context }: Resource, sent: Context = {}): Access => ({
  action,
  resources: arns,
  context: { ...context, ...sent },
});

/** Tagging by a service that may or may not hand on the tags of the call: both must be allowed. */
export const handedOn = (action: string, resource: Resource, sent: Context): readonly Access[] =>
  [{}, ...(Object.keys(sent).length === 0 ? [] : [sent])].map((tags) => on(action, resource, tags));

/** Actions for which the service knows no narrower resource. */
export const anywhere = (...actions: readonly string[]): readonly Access[] =>
  actions.map((action) => ({ action, resources: ['*'], context: {} }));

/** What a service does with the rights of who called it. */
export const onBehalf = (accesses: readonly Access[]): readonly Access[] =>
  accesses.map((access) => ({ ...access, context: { ...access.context, 'aws:ViaAWSService': ['true'] } }));
