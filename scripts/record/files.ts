import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Recording, recordingSchema } from './recording.ts';

/** Where the recordings are kept. */
const recordedFolder = fileURLToPath(new URL('../../events/recorded', import.meta.url));

const sourceSchema = z.strictObject({
  /** Service and operation, as in the recording. */
  call: z.string().min(1),
  url: z.url(),
  /** What of it is not as it stands there. */
  adapted: z.string().min(1).optional(),
});

const manifestSchema = z.strictObject({
  /** Their shapes and values are the simulator's. */
  simulator: z.array(z.string()),
  /** They were recorded in an AWS account. */
  account: z.array(z.string()),
  /** AWS's answers in them are those of AWS's documentation: where each stands. */
  documentation: z.record(z.string(), z.array(sourceSchema)),
});
/** Where the shapes of every recording come from, by its path. */
export type Manifest = z.output<typeof manifestSchema>;

const manifestFile = 'manifest.json';

export const textOf = (value: Recording | Manifest): string => `${JSON.stringify(value, null, 2)}\n`;

/** A folder of recordings: one file a case, `<subject>/<function>/<case>.json`, and the manifest. */
export class RecordedFolder {
  readonly location: string;

  constructor(location = recordedFolder) {
    this.location = location;
  }

  /** The paths of all recordings, in alphabetical order. */
  async paths(): Promise<readonly string[]> {
    const names = await readdir(this.location, { recursive: true });
    return names
      .filter((name) => name.endsWith('.json') && name !== manifestFile)
      .map((name) => name.replaceAll('\\', '/').replace(/\.json$/, ''))
      .toSorted();
  }

  async read(path: string): Promise<Recording> {
    return recordingSchema.parse(JSON.parse(await this.#text(`${path}.json`)));
  }

  /** Whether what is kept under that path is this recording, to the letter. */
  async holds(path: string, recording: Recording): Promise<boolean> {
    return this.#text(`${path}.json`).then(
      (text) => text === textOf(recording),
      () => false,
    );
  }

  write(path: string, recording: Recording): Promise<void> {
    return this.#write(`${path}.json`, textOf(recording));
  }

  remove(path: string): Promise<void> {
    return rm(join(this.location, `${path}.json`), { force: true });
  }

  /** Empty where there is none yet. */
  async manifest(): Promise<Manifest> {
    const text = await this.#text(manifestFile).catch(
      () => '{"simulator":[],"account":[],"documentation":{}}',
    );
    return manifestSchema.parse(JSON.parse(text));
  }

  writeManifest(manifest: Manifest): Promise<void> {
    return this.#write(manifestFile, textOf(manifest));
  }

  #text(name: string): Promise<string> {
    return readFile(join(this.location, name), 'utf8');
  }

  async #write(name: string, text: string): Promise<void> {
    const file = join(this.location, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
