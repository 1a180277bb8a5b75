import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type DocumentName, type DocumentParameter, parameters } from './parameters.ts';

/** One SSM document, and the hash by which a command pins its content. */
export interface RunCommandDocument {
  readonly name: DocumentName;
  /** The document itself, JSON of schema 2.2. */
  readonly content: string;
  /** SHA-256 of the content in hexadecimal digits, SSM's DocumentHash. */
  readonly hash: string;
  readonly parameters: Readonly<Record<string, DocumentParameter>>;
}

interface Definition {
  readonly name: DocumentName;
  readonly description: string;
  /** Beside common.ps1 and the document's own script. */
  readonly shared: readonly string[];
  readonly timeoutSeconds: number;
}

const definitions: readonly Definition[] = [
  {
    name: 'check-domain-controller',
    description: 'Gathers what Forestbridge must know of a domain controller. Changes nothing.',
    shared: ['half', 'zone'],
    timeoutSeconds: 180,
  },
  {
    name: 'forward-dns',
    description: 'Makes a conditional forwarder for the managed directory, in DNS of this domain.',
    shared: ['zone'],
    timeoutSeconds: 120,
  },
  {
    name: 'create-trust',
    description: 'Makes this side of the trust with the managed directory, or gives it a new password.',
    shared: ['half', 'side'],
    timeoutSeconds: 180,
  },
  {
    name: 'confirm-trust',
    description: 'Reads this side of the trust back and verifies it where this forest trusts the directory.',
    shared: ['half', 'side'],
    timeoutSeconds: 120,
  },
];

const readScript = (name: string): string =>
  readFileSync(new URL(`windows/${name}.ps1`, import.meta.url), 'utf8');

const build = ({ name, description, shared, timeoutSeconds }: Definition): RunCommandDocument => {
  const script = [...['common', ...shared, name].map(readScript), 'Invoke-Main'].join('\n');
  const content = JSON.stringify(
    {
      schemaVersion: '2.2',
      description,
      parameters: parameters[name],
      mainSteps: [
        {
          action: 'aws:runPowerShellScript',
          name: 'run',
          precondition: { StringEquals: ['platformType', 'Windows'] },
          inputs: { timeoutSeconds, runCommand: script.split(/\r?\n/) },
        },
      ],
    },
    undefined,
    2,
  );
  const hash = createHash('sha256').update(content).digest('hex');
  return { name, content, hash, parameters: parameters[name] };
};

let built: readonly RunCommandDocument[] | undefined;

/** The documents that run on a company's domain controller, as they are registered; read once. */
export const documents = (): readonly RunCommandDocument[] => (built ??= definitions.map(build));
