import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const run = async (...paths: readonly string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, ['scripts/check-run-command.ts', ...paths], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });

describe('check-run-command', () => {
  it('finds every script and every document correct', async () => {
    const { code, stdout, stderr } = await run();

    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(`${join('run-command', 'windows', 'create-trust.ps1')}: correct`);
    expect(stdout).toContain('document confirm-trust: correct');
  });

  it('names the file, line and column of each error', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'check-run-command-'));
    const broken = join(folder, 'broken.ps1');
    const good = join(folder, 'good.ps1');
    await writeFile(broken, '$a = 1\n  Get-ADTrust\n$b = $IsLinux\n');
    await writeFile(good, '\uFEFF$a = 1\n');
    const { code, stdout, stderr } = await run(good, broken);
    await rm(folder, { recursive: true });

    expect(code).toBe(1);
    expect(stdout).toBe(`${good}: correct\n`);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      expect.stringContaining(`${broken}:2:3: only Windows has this`),
      expect.stringContaining(`${broken}:3:6: Windows PowerShell 5.1 does not have $IsLinux`),
    ]);
  });
});
