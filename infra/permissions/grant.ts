import type { FunctionName } from '../../functions/functions.ts';
import type { Configuration } from '../configuration.ts';

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Something that a role may do. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** Why the resource has to be `*`, or part of it. */
  readonly because?: string;
}

/** What permissions depend on: the configuration, and the key that the stack makes. */
export interface Setting {
  readonly configuration: Configuration;
  readonly keyArn: string;
}

/** What AWS does in the name of the function that called it; the function's own code may not. */
export const viaAws: Conditions = { Bool: { 'aws:ViaAWSService': 'true' } };

/** The permissions of functions, by their names. */
export type Grants = { readonly [Name in FunctionName]?: (setting: Setting) => readonly Grant[] };

/** On a call that makes something: it gets the request's tag, under this key to the letter: IAM takes the key of `aws:RequestTag` in any case. */
export const taggedRequest: Conditions = {
  'ForAnyValue:StringEquals': { 'aws:TagKeys': 'forestbridge:request' },
};

/** On a thing: a request made it. */
export const ours: Conditions = { Null: { 'aws:ResourceTag/forestbridge:request': 'false' } };

export const noResourceType = 'AWS knows no narrower resource for these actions.';
