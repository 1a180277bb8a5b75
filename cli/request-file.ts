import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';

/** Step Functions takes no larger input, in bytes. */
const greatestSize = 262_144;
/** Nor one whose arrays and objects stand deeper in each other. */
const greatestDepth = 1000;

/** What the command itself refuses, or AWS refused it: nothing that a step failed with. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'its name is too long',
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return reasons[code] ?? error.message;
};

const contentOf = async (file: string): Promise<Buffer> => {
  try {
    // One byte more than is legal tells that there are more.
    return await buffer(createReadStream(file, { end: greatestSize }));
  } catch (error) {
    throw new Refused(`${file} cannot be read: ${reasonOf(error)}. Name a JSON file.`, { cause: error });
  }
};

/** The text of a file; a byte order mark, as Windows programs write it, is none of it. */
const textOf = (file: string, content: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    throw new Refused(`${file} is not UTF-8, which JSON is written in. Save it in that encoding.`, {
      cause: error,
    });
  }
};

const depthOf = (json: string): number => {
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
};

export interface JsonFile {
  readonly file: string;
  readonly text: string;
  readonly json: unknown;
}

/** The JSON in a file, whatever it is; throws Refused where there is none of legal size. */
export const readJsonFile = async (file: string): Promise<JsonFile> => {
  const content = await contentOf(file);
  if (content.length > greatestSize)
    throw new Refused(
      `${file} is larger than 256 KiB (${greatestSize} bytes), the most that Step Functions takes.`,
    );
  const text = textOf(file, content);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Refused(`${file} is not JSON: ${reasonOf(error).replace(/\.$/, '')}. Correct it there.`, {
      cause: error,
    });
  }
  if (depthOf(text) > greatestDepth)
    throw new Refused(
      `${file} has arrays or objects more than ${greatestDepth} deep in each other; no request needs more than 5.`,
    );
  return { file, text, json };
};
