import type { Access } from '../../simulator/policies/access.ts';
import { decide } from '../../simulator/policies/evaluate.ts';
import { exampleConfiguration, templateOf } from './template.ts';
import { permissionsOf } from './template-permissions.ts';

export const world = {
  accountId: '111122223333',
  region: 'eu-central-1',
  keyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
} as const;

export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-central-1:111122223333:${resource}`;

/** In that VPC. */
export const vpc = (id: string): Access['context'] => ({ 'ec2:Vpc': [arn('ec2', `vpc/${id}`)] });

/** On a call that puts these tags. */
export const tagging = (...keys: readonly string[]): Access['context'] => ({
  ...Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, ['orders']])),
  'aws:TagKeys': keys,
});

/** On a thing that has our tag. */
export const ours = { 'aws:ResourceTag/forestbridge:request': ['orders'] };

type WhoMay = (action: string, resource: string, context?: Access['context']) => readonly string[];

/** Asks the example's template which roles' own code may do something; by the roles' short names. */
export const whoMayByTemplate = async (): Promise<WhoMay> => {
  const { byId: resources } = await templateOf(exampleConfiguration());
  const permissions = permissionsOf({ world, resources, given: new Map() });
  return (action, resource, context = {}) => {
    const access = { action, resources: [resource], context: { 'aws:ViaAWSService': ['false'], ...context } };
    return [...permissions.roles].flatMap(([role, { names: caller, identity }]) =>
      decide({ caller, identity, resource: permissions.resources }, access).allowed
        ? [role.replace(/^.*role\/(forestbridge-)?/, '')]
        : [],
    );
  };
};
