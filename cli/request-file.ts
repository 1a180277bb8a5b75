import { readFile, stat } from 'node:fs/promises';

/** Step Functions takes no larger input, in bytes. */
const greatestSize = 262_144;

/** A file that the command itself refuses: it is no readable JSON object of legal size. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it may not be read';
  return error instanceof Error ? error.message : String(error);
};

const contentOf = async (file: string): Promise<string> => {
  try {
    const { size } = await stat(file);
    if (size > greatestSize)
      throw new Refused(`${file} has ${size} bytes; a request has at most ${greatestSize}.`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(`${file} cannot be read: ${reasonOf(error)}.`);
  }
};

/** The JSON object in a file; throws Refused where there is none. */
export const readRequest = async (file: string): Promise<object> => {
  const content = await contentOf(file);
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new Refused(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Refused(`${file} holds no JSON object; a request is one, as in events/requests.`);
  return json;
};
