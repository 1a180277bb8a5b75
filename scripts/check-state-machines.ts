import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { countStates, problemsOf } from './check-state-machine.ts';

/** Checks every workflow; prints one line for each, and all problems where there are any. */
let hasProblems = false;
for (const file of globSync('statemachines/*.asl.json').toSorted()) {
  const text = readFileSync(file, 'utf8');
  const problems = await problemsOf(text);
  if (problems.length === 0) console.log(`${basename(file)}: ${countStates(text)} states`);
  else {
    hasProblems = true;
    console.error(
      `${basename(file)} has ${problems.length} problems:\n${problems.map((one) => `  ${one}`).join('\n')}`,
    );
  }
}
process.exitCode = hasProblems ? 1 : 0;
