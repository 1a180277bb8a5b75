import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeEach } from 'vitest';
import { z } from 'zod';
import { documents } from '../../../run-command/documents.ts';
import type { DocumentName } from '../../../run-command/parameters.ts';

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const findPowerShell = (): string | undefined =>
  process.env['PWSH'] ??
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'pwsh'))
    .find(isProgram);

/** Skips every test of the file where no PowerShell is found, and says so. */
export const needsPowerShell = (): void => {
  beforeEach(({ skip }) => {
    skip(findPowerShell() === undefined, 'no PowerShell: set PWSH, or put pwsh on the PATH');
  });
};

const documentSchema = z.object({
  mainSteps: z.tuple([z.object({ inputs: z.object({ runCommand: z.array(z.string()) }) })]),
});

/** The lines that a document gives the agent. */
const scriptOf = (name: DocumentName): readonly string[] => {
  const document = documents().find((candidate) => candidate.name === name);
  return documentSchema.parse(JSON.parse(document?.content ?? '{}')).mainSteps[0].inputs.runCommand;
};

/** The domain controller on which the tests run, unless they say otherwise. */
const usual = {
  trusts: [],
  zones: [],
  failures: {},
  missing: [],
  computer: { Domain: 'corp.example.com', DomainRole: 5 },
  domain: { DNSRoot: 'corp.example.com', NetBIOSName: 'CORP' },
  forest: { RootDomain: 'corp.example.com', ForestMode: 'Windows2016Forest' },
  controller: { Site: 'Default-First-Site-Name' },
  users: [],
  registry: { NullSessionPipes: ['netlogon', 'samr', 'lsarpc'] },
  dns: {},
  clock: ['Tracking 10.0.0.10 [10.0.0.10:123].', '20:01:02, +00.0312500s'],
  portsToTry: [],
  encryption: true,
  secretsTool: 'module',
  secret: '{"password":"S3cret!"}',
  exitCode: 0,
};

export type World = { readonly [Fact in keyof typeof usual]?: unknown };

export interface Run {
  readonly exitCode: number;
  /** The last line of standard output. */
  readonly result: Readonly<Record<string, unknown>>;
  /** Everything the script said. */
  readonly output: string;
  /** What it called on Windows, each with its arguments. */
  readonly calls: readonly (readonly string[])[];
}

const run = async (program: string, script: string, environment: Record<string, string>) =>
  new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      program,
      ['-NoProfile', '-NonInteractive', '-File', script],
      { env: environment },
      (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
    child.stdin?.end();
  });

/** Runs a document's own script under PowerShell, on a domain controller of which the given facts hold. */
export const runDocument = async (
  name: DocumentName,
  parameters: Readonly<Record<string, string>>,
  world: World = {},
): Promise<Run> => {
  const folder = await mkdtemp(join(tmpdir(), 'run-document-'));
  try {
    const files = {
      script: join(folder, 'script.ps1'),
      world: join(folder, 'world'),
      calls: join(folder, 'calls'),
    };
    const fakes = await readFile(new URL('domain-controller.ps1', import.meta.url), 'utf8');
    const lines = scriptOf(name);
    await writeFile(files.script, [...lines.slice(0, -1), fakes, ...lines.slice(-1)].join('\n'));
    await writeFile(files.world, JSON.stringify({ ...usual, ...world }));
    await writeFile(files.calls, '');
    const { exitCode, stdout, stderr } = await run(findPowerShell() ?? 'pwsh', files.script, {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      NO_COLOR: '1',
      TERM: 'dumb',
      POWERSHELL_TELEMETRY_OPTOUT: '1',
      POWERSHELL_UPDATECHECK: 'Off',
      FAKE_WORLD: files.world,
      FAKE_CALLS: files.calls,
      ...Object.fromEntries(Object.entries(parameters).map(([key, value]) => [`SSM_${key}`, value])),
    });
    const calls = (await readFile(files.calls, 'utf8')).trim().split('\n').filter(Boolean);
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    return {
      exitCode,
      result: z
        .record(z.string(), z.unknown())
        .parse(last.startsWith('{') ? JSON.parse(last) : { said: stdout + stderr }),
      output: stdout + stderr,
      calls: calls.map((call) => z.array(z.string()).parse(JSON.parse(call))),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
