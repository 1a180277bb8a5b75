import { main } from '../../cli/main.ts';
import type { Shell } from '../../cli/shell.ts';

/** A shell that nobody sees, and what was written in it. */
export const shellForTest = (difference: Partial<Shell> = {}) => {
  const written: string[] = [];
  const complaints: string[] = [];
  const shell: Shell = {
    screen: { isTerminal: false, width: 100, write: (text) => void written.push(text) },
    complain: (text) => void complaints.push(text),
    environment: {},
    aws: {},
    pause: 1,
    interrupted: () => new Promise(() => {}),
    ...difference,
  };
  return { shell, output: () => written.join(''), complaint: () => complaints.join('') };
};

/** Runs the command line to its end, in this process. */
export const forestbridge = async (args: readonly string[], difference: Partial<Shell> = {}) => {
  const { shell, output, complaint } = shellForTest(difference);
  const status = await main(args, shell);
  return { status, output: output(), complaint: complaint() };
};
