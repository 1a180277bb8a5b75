import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { outcomeSchema, refusedOutcome } from '../../../cli/outcome.ts';
import { ended, program, started } from '../../support/command.ts';

const request = fileURLToPath(new URL('../../../events/requests/no-database.json', import.meta.url));

/** Nodes on this machine that load no TypeScript, beside the one that npm puts in front of them. */
const oldNodes = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((node) => {
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? Number.POSITIVE_INFINITY) < 22;
  });

describe('the command as a process', () => {
  it('prints plain lines into a pipe and ends with exit status 0', async () => {
    const { status, output, complaint } = await ended(started(['simulate', request]));

    expect(status).toBe(0);
    expect(complaint).toBe('');
    expect(output).toMatch(/^\+0:00:00 {2}✓ Validate request\n[ -~✓→·\n]+ · \d+ changes\n$/);
    expect(output).toContain('\n\nSUCCEEDED\n');
  });

  it('ends quietly when nobody reads it', async () => {
    const child = started(['simulate', '--break', 'list']);
    child.stdout.destroy();
    const [complaint] = await Promise.all([text(child.stderr), once(child, 'close')]);

    expect(child.exitCode).toBe(141);
    expect(complaint).toBe('');
  });

  it('says in one sentence what a Node needs that loads no TypeScript', async () => {
    const { status, output, complaint } = await ended(
      started([], { flags: ['--no-experimental-strip-types'] }),
    );

    expect(status).toBe(2);
    expect(output).toBe('');
    expect(complaint).toMatch(/^forestbridge needs Node 24 or newer; this is v\S+\. Install it from .*\n$/);
  });

  it('says so in the object, too, where one is asked for', async () => {
    const flags = ['--no-experimental-strip-types'];
    const { status, output, complaint } = await ended(started(['simulate', '--json'], { flags }));

    expect(status).toBe(2);
    expect(output).toMatch(/^\{.*\}\n$/);
    expect(outcomeSchema.parse(JSON.parse(output))).toEqual(refusedOutcome(complaint.trimEnd()));
  });

  it.skipIf(oldNodes.length === 0)('says so on an old Node itself', async () => {
    const [node = ''] = oldNodes;
    const { status, output, complaint } = await ended(started(['--help'], { node }));

    expect(status).toBe(2);
    expect(output).toBe('');
    expect(complaint).toMatch(/^forestbridge needs Node 24 or newer; this is v\S+\. Install it from .*\n$/);
  });

  it('imports no name that an old Node may not export', () => {
    const imports = readFileSync(program, 'utf8').match(/^(import|export) .*$/gm) ?? [];

    expect(imports.length).toBeGreaterThan(0);
    for (const line of imports) expect(line).toMatch(/^import \* as \w+ from 'node:[\w/]+';$/);
  });
});
