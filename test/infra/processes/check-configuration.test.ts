import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const check = (FORESTBRIDGE_CONFIGURATION: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/check-configuration.ts'], {
    env: { ...process.env, FORESTBRIDGE_CONFIGURATION },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

it('says in one message what is wrong with a configuration, and nothing where it is good', () => {
  const directory = mkdtempSync(join(tmpdir(), 'configuration-'));
  const file = join(directory, 'it.jsonc');
  writeFileSync(file, readFileSync('forestbridge.jsonc', 'utf8').replace('"111122223333"', '"1111"'));

  expect(check('forestbridge.jsonc')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(check(file)).toEqual({
    status: 1,
    stdout: '',
    stderr: `${file} cannot be deployed:\n- account: write the 12 digits of the AWS account; found "1111"\n`,
  });
  rmSync(directory, { recursive: true });
});
