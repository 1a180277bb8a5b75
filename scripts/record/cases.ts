import type { FunctionName } from '../../functions/functions.ts';
import type { Case, SubjectCases } from './case.ts';
import { catalog } from './cases/catalog.ts';
import { database } from './cases/database.ts';
import { directory } from './cases/directory.ts';
import { domainController } from './cases/domain-controller.ts';
import { membership } from './cases/membership.ts';
import { report } from './cases/report.ts';
import { request } from './cases/request.ts';
import { trust } from './cases/trust.ts';
import { verification } from './cases/verification.ts';
import { watch } from './cases/watch.ts';
import { undisturbed } from './mishaps.ts';
import type { Recording } from './recording.ts';
import { Stage } from './stage.ts';
import { isFunctionName } from './workflow.ts';

const subjects: Readonly<Record<string, SubjectCases>> = {
  request,
  directory,
  'domain-controller': domainController,
  trust: { ...trust, ...verification, ...watch.trust },
  database: { ...database, ...membership },
  report: { ...report, ...watch.report },
  catalog,
};

/** A case with its full name, `<subject>/<function>/<case>`. */
export interface NamedCase extends Omit<Case, 'at'> {
  readonly path: string;
  readonly functionName: FunctionName;
  readonly at: string | null;
}

/** The function that a recording is of, by its path. */
export const functionOf = (path: string): FunctionName => {
  const [, name = ''] = path.split('/');
  if (!isFunctionName(name)) throw new RangeError(`There is no function ${name}.`);
  return name;
};

/** Every case that the simulator makes a recording of. */
export const allCases = (): readonly NamedCase[] => {
  const all: NamedCase[] = [];
  for (const [subject, ofSubject] of Object.entries(subjects))
    for (const [functionName, { at, cases }] of Object.entries(ofSubject))
      for (const [name, each] of Object.entries(cases)) {
        const path = `${subject}/${functionName}/${name}`;
        all.push({ at, ...each, path, functionName: functionOf(path) });
      }
  return all;
};

/** Plays a case in a simulated account of its own and records it. */
export const record = async ({
  functionName,
  at,
  request,
  first,
  before,
  during,
  event,
}: NamedCase): Promise<Recording> => {
  const stage = await Stage.of(request ?? 'one-way-forest', at ?? '');
  try {
    await first?.(stage);
    if (at !== null) await stage.upTo();
    await before?.(stage);
    const given = at === null ? {} : await stage.event();
    const handed = (await event?.(stage, given)) ?? given;
    return await stage.account.record(functionName, handed, (during ?? undisturbed)(stage));
  } finally {
    await stage.account.account.close();
  }
};
