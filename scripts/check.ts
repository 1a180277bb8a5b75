import { spawn } from 'node:child_process';

const checks: Readonly<Record<string, readonly string[]>> = {
  types: ['tsc', '--noEmit'],
  lint: ['oxlint', '--type-aware', '--quiet'],
  format: ['biome', 'check', '.'],
  'unused code': ['knip'],
  'request schema': ['node', 'scripts/write-request-schema.ts', '--check'],
  'configuration schema': ['node', 'scripts/write-configuration-schema.ts', '--check'],
  'state machines': ['node', 'scripts/check-state-machines.ts'],
  pictures: ['node', 'scripts/draw-state-machines.ts', '--check'],
  'run command': ['node', 'scripts/check-run-command.ts'],
};

interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
}

const run = (name: string, [command = '', ...options]: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(command, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (text) => (output += String(text)));
    child.stderr.on('data', (text) => (output += String(text)));
    child.on('error', (error) => resolve({ name, passed: false, output: error.message }));
    child.on('close', (status) => resolve({ name, passed: status === 0, output }));
  });

/** Runs every check, prints what the failed ones said, and ends with a count. */
const outcomes: Outcome[] = [];
for (const [name, command] of Object.entries(checks)) {
  const outcome = await run(name, command);
  outcomes.push(outcome);
  console.log(`${outcome.passed ? 'passed' : 'FAILED'}  ${name}`);
  if (!outcome.passed) console.log(outcome.output);
}
const failed = outcomes.filter(({ passed }) => !passed).length;
console.log(`${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
