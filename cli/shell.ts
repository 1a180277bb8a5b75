import { once } from 'node:events';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Screen } from './words.ts';

/** What the command line runs in. */
export interface Shell {
  /** Where results go: the standard output. */
  readonly screen: Screen;
  /** Says something beside the results: on the standard error. */
  readonly complain: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What clients of AWS are made with; what is not given they find in the environment. */
  readonly aws: Pick<DynamoDBClientConfig, 'region' | 'credentials' | 'requestHandler'>;
  /** Milliseconds between two looks at an execution in AWS. */
  readonly pause: number;
  /** Resolves when the user wants the command to end, with the exit status that tells so. */
  readonly interrupted: () => Promise<number>;
}

/** The exit status that shells give whoever a signal has ended: 128 and the signal's number. */
const told = async (signal: 'SIGINT' | 'SIGTERM', status: number): Promise<number> => {
  await once(process, signal);
  return status;
};

/** How a program ends that writes into a pipe which nobody reads any more: 128 and the number of SIGPIPE. */
const brokenPipe = 141;

const processScreen: Screen = {
  isTerminal: process.stdout.isTTY && process.env['TERM'] !== 'dumb',
  get width() {
    return Math.min(process.stdout.columns ?? 100, 110);
  },
  write: (text) => void process.stdout.write(text),
};

/** The process that this runs in. */
export const processShell = (): Shell => {
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(brokenPipe);
  });
  return {
    screen: processScreen,
    complain: (text) => void process.stderr.write(text),
    environment: process.env,
    aws: {},
    pause: 2000,
    interrupted: () => Promise.race([told('SIGINT', 130), told('SIGTERM', 143)]),
  };
};
