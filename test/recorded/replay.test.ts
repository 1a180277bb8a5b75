import { describe, it } from 'vitest';
import { functionOf } from '../../scripts/record/cases.ts';
import { RecordedFolder } from '../../scripts/record/files.ts';

import { replay } from '../support/replay.ts';

const folder = new RecordedFolder();
const paths = await folder.paths();

describe('a function does what was recorded of it', () => {
  it.each(paths)('%s', async (path) => {
    await replay(functionOf(path), await folder.read(path));
  });
});
