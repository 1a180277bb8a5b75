import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ended, started } from '../../support/command.ts';

const request = fileURLToPath(new URL('../../../events/requests/no-database.json', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const stateMachine = 'arn:aws:states:eu-central-1:111122223333:stateMachine:forestbridge-provision';
const credentials = { AWS_ACCESS_KEY_ID: 'me', AWS_SECRET_ACCESS_KEY: 'mine' };

/** A simulator in a process of its own, from its first line on. */
const simulator = async (...args: readonly string[]) => {
  const child = started(['simulator', '--port', '0', '--world-from', request, ...args]);
  onTestFinished(() => void child.kill());
  const all = ended(child);
  const [line] = await once(child.stdout, 'data');
  const [url = ''] = /http:\S+/.exec(String(line)) ?? [];
  return {
    environment: { ...credentials, AWS_ENDPOINT_URL: url },
    stop: (signal: NodeJS.Signals) => {
      child.kill(signal);
      return all;
    },
  };
};

describe('the simulator as a process', () => {
  it('serves another process, and ends when it is told to', async () => {
    const { environment, stop } = await simulator('--speed', '20000');
    const start = ['start', request, '--state-machine', stateMachine, '--watch'];
    const { status, output, complaint } = await ended(started(start, { environment }));

    expect(complaint).toBe('');
    expect(output).toMatch(/✓ Publish result.*\n\nSUCCEEDED\n {2}Directory /);
    expect(status).toBe(0);
    expect(await stop('SIGTERM')).toMatchObject({ status: 0, signal: null, complaint: '' });
  });

  it('goes on with what somebody who watched it has left, until Ctrl-C, after which nothing answers', async () => {
    const { environment, stop } = await simulator();
    const child = started(['start', request, '--state-machine', stateMachine, '--watch'], { environment });
    const all = ended(child);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const { status, output, complaint } = await all;
    const [executionArn = ''] = output.split('\n');
    const explain = () => ended(started(['explain', executionArn, '--json'], { environment }));
    const explained = await explain();

    expect(status).toBe(130);
    expect(complaint).toBe(
      `Interrupted. The execution goes on; forestbridge explain ${executionArn} tells how it stands.\n`,
    );
    expect(JSON.parse(explained.output)).toMatchObject({ status: 'RUNNING', execution: executionArn });

    const stopped = await stop('SIGINT');
    const refused = await explain();

    expect(stopped).toMatchObject({ status: 0, signal: null, complaint: '' });
    expect(stopped.output.split('\n')).toHaveLength(2);
    expect(refused).toMatchObject({ status: 1, complaint: '' });
    expect(JSON.parse(refused.output)).toMatchObject({
      status: 'REFUSED',
      cause: expect.stringContaining(`Nothing answers at ${environment.AWS_ENDPOINT_URL}`),
    });
  });

  it('ends with the npm that it was started by', async () => {
    const npm = spawn('npm', ['run', 'simulator', '--', '--port', '0'], { cwd: root });
    const all = ended(npm);
    const lines = createInterface(npm.stdout);
    let url: string | undefined;
    for await (const line of lines) {
      [url] = /http:\S+/.exec(line) ?? [];
      if (url !== undefined) break;
    }
    npm.kill('SIGTERM');
    // Its output ends only when nobody can write to it any more.
    await all;

    await expect(fetch(String(url))).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});
