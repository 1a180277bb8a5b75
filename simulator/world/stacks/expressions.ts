import { isArray, isObject, type Json } from '../../states/data/json.ts';
import { ValidationError } from './validation-error.ts';

/** What the names in a template stand for. */
export interface Scope {
  /** A parameter's value, or a resource's physical id. */
  ref(name: string): Json;
  attribute(resource: string, name: string): Json;
}

type Call =
  | { readonly kind: 'Ref'; readonly name: string }
  | { readonly kind: 'GetAtt'; readonly resource: string; readonly attribute: string };

/** The function that an object of one member calls, or null where it is only an object. */
const callIn = (value: Json): Call | null => {
  if (!isObject(value)) return null;
  const [[name, argument] = ['', null], ...more] = Object.entries<Json>(value);
  if (more.length > 0 || (name !== 'Ref' && !name.startsWith('Fn::'))) return null;
  if (name === 'Ref' && typeof argument === 'string') return { kind: 'Ref', name: argument };
  if (name === 'Fn::GetAtt' && isArray(argument) && argument.length === 2) {
    const [resource, attribute] = argument.map(String);
    return { kind: 'GetAtt', resource: resource ?? '', attribute: attribute ?? '' };
  }
  throw new ValidationError(
    `Template error: the simulated CloudFormation does not know ${JSON.stringify(value)}`,
  );
};

/** What a value of a template comes to. */
export const resolve = (value: Json, scope: Scope): Json => {
  const call = callIn(value);
  if (call?.kind === 'Ref') return scope.ref(call.name);
  if (call?.kind === 'GetAtt') return scope.attribute(call.resource, call.attribute);
  if (isArray(value)) return value.map((item) => resolve(item, scope));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries<Json>(value).map(([name, item]) => [name, resolve(item, scope)]));
};

/** The names that a value of a template speaks of. */
export const referencesIn = (value: Json): readonly string[] => {
  const call = callIn(value);
  if (call !== null) return [call.kind === 'Ref' ? call.name : call.resource];
  if (isArray(value)) return value.flatMap(referencesIn);
  return isObject(value) ? Object.values<Json>(value).flatMap(referencesIn) : [];
};
