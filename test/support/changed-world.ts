import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readWorldFile } from '../../cli/world-file/world-file.ts';
import { type NormalisedRequest, parseRequest } from '../../functions/request/schema.ts';
import { VirtualClock } from '../../simulator/world/clock.ts';
import { populate } from '../../simulator/world/from-request.ts';
import { World } from '../../simulator/world/world.ts';
import { example } from '../functions/request/requests.ts';

export const usualRequest = parseRequest(example('one-way-forest'));

/** A file with this JSON, gone when the test is over. */
export const jsonFile = (json: unknown, name = 'file.json'): string => {
  const folder = mkdtempSync(join(tmpdir(), 'forestbridge-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(json));
  return file;
};

/** A world made for a request and then changed by a world file. */
export const changedWorld = async (
  differences: object,
  request: NormalisedRequest = usualRequest,
  prepare: (world: World) => void = () => {},
): Promise<World> => {
  const world = new World(new VirtualClock(Date.UTC(2026, 0, 5)), 1);
  populate(world, request);
  prepare(world);
  const change = await readWorldFile(jsonFile(differences, 'world.json'));
  change(world, request);
  return world;
};
