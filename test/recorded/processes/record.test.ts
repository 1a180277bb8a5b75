import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { allCases } from '../../../scripts/record/cases.ts';

it('the recorder is a command', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/record.ts', '--list']);

  expect(stdout.trim().split('\n')).toEqual(allCases().map(({ path }) => path));
});
