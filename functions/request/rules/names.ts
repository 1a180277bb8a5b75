import { firstLabel, shortName } from '../names.ts';
import type { Rule } from './legible.ts';

export const namesDiffer: Rule = function* ({ directory, onPremises }) {
  if (directory?.name !== undefined && directory.name === onPremises?.domainName)
    yield {
      path: ['directory', 'name'],
      advice: "write a domain name of its own, such as a subdomain: the company's domain has this one",
    };
};

/** Both domains are known by their NetBIOS names, also where the directory's is left to its default. */
export const shortNamesDiffer: Rule = function* ({ directory, onPremises }) {
  const path = ['directory', 'shortName'];
  const isDefault = directory?.shortName === undefined;
  const name = isDefault && directory?.name !== undefined ? firstLabel(directory.name) : directory?.shortName;
  if (name === undefined || name === null) return;
  if (!shortName.safeParse(name).success)
    yield {
      path,
      advice: `write a NetBIOS name, because the first label of directory.name (${name}) cannot be one`,
    };
  else if (name === onPremises?.shortName)
    yield {
      path,
      advice: `write a NetBIOS name that differs from onPremises.shortName: both sides would be ${name}${isDefault ? ', the first label of directory.name' : ''}`,
    };
};

/** Trusted users are known by the NetBIOS name of their own domain. */
export const loginsOfTheCompany: Rule = function* ({ onPremises, database }) {
  const short = onPremises?.shortName;
  const seen = new Set<string>();
  for (const [index, login] of (database?.windowsLogins ?? []).entries()) {
    if (login?.name === undefined) continue;
    const path = ['database', 'windowsLogins', index, 'name'];
    const principal = login.name.slice(login.name.indexOf('\\'));
    if (short !== undefined && !login.name.startsWith(`${short}\\`))
      yield {
        path,
        advice: `write ${JSON.stringify(short + principal)}: only accounts of the company's domain can be given a login`,
      };
    if (seen.has(login.name.toLowerCase())) yield { path, advice: 'leave it out: it is listed before' };
    seen.add(login.name.toLowerCase());
  }
};
