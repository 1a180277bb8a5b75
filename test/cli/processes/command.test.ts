import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ended, started } from '../../support/command.ts';

describe('the command as a process', () => {
  it('prints plain lines into a pipe and ends with exit status 0', async () => {
    const { status, output, complaint } = await ended(started(['simulate']));

    expect(status).toBe(0);
    expect(complaint).toBe('');
    expect(output).toMatch(/^\+0:00:00 {2}✓ Validate request\n[ -~✓→·\n]+ · \d+ changes\n$/);
    expect(output).toContain('\n\nSUCCEEDED\n');
  });

  it('ends quietly when nobody reads it', async () => {
    const child = started(['simulate']);
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
});
