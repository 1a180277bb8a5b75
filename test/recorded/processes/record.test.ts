import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { usage } from '../../../scripts/record/command-line.ts';

it('the recorder is a command', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/record.ts', '--help']);

  expect(stdout).toBe(`${usage}\n`);
});
