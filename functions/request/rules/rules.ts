import { databaseNeedsWayIn, expressStandsAlone, mirrorNeedsBackups, storageFits } from './database.ts';
import { legible, type Problem } from './legible.ts';
import { everythingOnce } from './lists.ts';
import { loginsOfTheCompany, namesDiffer, shortNamesDiffer } from './names.ts';
import { dnsInsideNetworks, networksApart, networksFit } from './networks.ts';

const rules = [
  namesDiffer,
  shortNamesDiffer,
  dnsInsideNetworks,
  networksApart,
  networksFit,
  everythingOnce,
  databaseNeedsWayIn,
  expressStandsAlone,
  mirrorNeedsBackups,
  storageFits,
  loginsOfTheCompany,
];

/** What one field's form cannot say: every rule between fields that this request breaks, as far as it can be read. */
export const brokenRules = (request: unknown): readonly Problem[] => {
  const read = legible.safeParse(request);
  return read.success ? rules.flatMap((rule) => Array.from(rule(read.data))) : [];
};
