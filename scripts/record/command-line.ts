import { parseArgs } from 'node:util';

/** What the recorder takes, as `--help` shows it. */
export const usage = `npm run record -- [CASE...] [options]

Makes the recordings in events/recorded anew: each function is called in a simulated account and
everything between it and AWS is written down. Recordings of AWS's documentation stay as they are.
CASE is a path or the beginning of one: database, database/join-domain, database/join-domain/from-nothing.

  --list          prints the cases and records nothing
  --check         writes nothing; exit status 1 where a recording is not what the code makes now
  --from aws      calls the functions in the account of the default credentials instead; each recording
                  is kept beside the case's as CASE-in-aws, passwords redacted
  --event FILE    with --from aws: the function's event, instead of the recording's
  --allow-writes  with --from aws: also calls that change something; without it a case ends at the first
  --documented    calls the functions anew with the answers of AWS's documentation that the recordings have,
                  and writes down what they ask and give back now; CASE is then one of those
  --into FOLDER   writes there instead of events/recorded

Settings of a function (LEDGER_TABLE and others) are taken from the environment with --from aws, else from
the case's recording.`;

const options = {
  help: { type: 'boolean' },
  list: { type: 'boolean' },
  check: { type: 'boolean' },
  from: { type: 'string', default: 'simulator' },
  event: { type: 'string' },
  'allow-writes': { type: 'boolean', default: false },
  documented: { type: 'boolean' },
  into: { type: 'string' },
} as const;

/** The command was called in a way that it does not know. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** The command line, read. */
export const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
};
