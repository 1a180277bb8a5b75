import type { Access } from '../../../simulator/policies/access.ts';
import type { Principal } from '../../../simulator/policies/guard.ts';
import type { Naming } from '../resolve.ts';

/** Something that AWS does beside all calls, where nobody sees it in a simulated account. */
export interface Background {
  readonly principal: Principal;
  readonly accesses: readonly Access[];
}

export const anywhere = (...actions: readonly string[]): readonly Access[] =>
  actions.map((action) => ({ action, resources: ['*'], context: {} }));

export const on = (resource: string, actions: readonly string[], context: Access['context'] = {}) =>
  actions.map((action) => ({ action, resources: [resource], context }));

/** A service by itself, for something of this account. */
export const service = ({ world }: Naming, name: string, sourceArn: string): Principal => ({
  name,
  names: [name],
  identity: [],
  context: {
    'aws:SourceArn': [sourceArn],
    'aws:SourceAccount': [world.accountId],
    'aws:SecureTransport': ['true'],
  },
});

export const arnOf = ({ world }: Naming, of: string, rest: string): string =>
  `arn:aws:${of}:${world.region}:${world.accountId}:${rest}`;

export const via = ({ world }: Naming, name: string) => ({
  'kms:ViaService': [`${name}.${world.region}.amazonaws.com`],
});

/** To write a message into an encrypted queue, or to publish to an encrypted topic. */
export const encrypting = ['kms:GenerateDataKey', 'kms:Decrypt'];
