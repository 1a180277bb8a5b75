import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The file that the command is. */
export const program = fileURLToPath(new URL('../../cli/forestbridge.js', import.meta.url));

interface Options {
  readonly environment?: Readonly<Record<string, string>>;
  /** For Node itself. */
  readonly flags?: readonly string[];
  /** Another Node than the one that runs the tests. */
  readonly node?: string;
}

/** Starts the command in a process of its own, which knows nothing of whose machine it runs on. */
export const started = (
  args: readonly string[],
  { environment = {}, flags = [], node = process.execPath }: Options = {},
): ChildProcessWithoutNullStreams =>
  spawn(node, [...flags, program, ...args], {
    env: { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere', ...environment },
  });

/** What the process writes until it has ended, and how it ends. */
export const ended = async (child: ChildProcessWithoutNullStreams) => {
  const [output, complaint] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { status: child.exitCode, signal: child.signalCode, output, complaint };
};
