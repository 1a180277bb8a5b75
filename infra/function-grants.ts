import type { FunctionName } from '../functions/functions.ts';
import { functionRuntime } from './permissions/function-runtime.ts';
import type { Grant, Setting } from './permissions/grant.ts';
import { permissionsOf } from './permissions/permissions.ts';

/** Only one function stands in the VPC: the one that reaches databases. */
export const isInVpc = (name: FunctionName): boolean => name === 'create-windows-logins';

/** All that a function's role may do; what depends on a configuration may be about nothing. */
export const functionGrants = (setting: Setting, name: FunctionName): readonly Grant[] =>
  [...functionRuntime(setting, name, isInVpc(name)), ...permissionsOf(name, setting)].filter(
    ({ resources }) => resources.length > 0,
  );
