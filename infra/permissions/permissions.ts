import type { FunctionName } from '../../functions/functions.ts';
import { catalog } from './catalog.ts';
import { database } from './database.ts';
import { directory } from './directory.ts';
import { domainController } from './domain-controller.ts';
import type { Grant, Setting } from './grant.ts';
import { report } from './report.ts';
import { request } from './request.ts';
import { trust } from './trust.ts';
import { watch } from './watch.ts';

const all = {
  ...request,
  ...directory,
  ...domainController,
  ...trust,
  ...database,
  ...report,
  ...watch,
  ...catalog,
};

/** What a function's role may do, beside writing its log. */
export const permissionsOf = (name: FunctionName, setting: Setting): readonly Grant[] => {
  const grants = all[name];
  if (grants === undefined) throw new Error(`Nobody has written down what ${name} may do.`);
  return grants(setting);
};
