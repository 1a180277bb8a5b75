import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadStateMachine } from '../simulator/states/definition/load.ts';
import { layOut } from './draw/layout.ts';
import { svgOf } from './draw/svg.ts';

/** The picture of a definition in the States Language. */
export const pictureOf = (name: string, definition: string): string => {
  const machine = loadStateMachine(definition);
  return svgOf(`The workflow ${name}: ${machine.Comment ?? 'its states'}`, layOut(machine));
};

const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Draws each workflow of a folder into another, or with `--check` only says which pictures are stale; returns the exit status. */
export const main = (definitions: string, pictures: string, options: readonly string[]): number => {
  let status = 0;
  for (const file of globSync(join(definitions, '*.asl.json')).toSorted()) {
    const name = basename(file, '.asl.json');
    const picture = join(pictures, `${name}.svg`);
    const drawn = pictureOf(name, readFileSync(file, 'utf8'));
    if (!options.includes('--check')) writeFileSync(picture, drawn);
    else if (readIfThere(picture) !== drawn) {
      console.error(`${picture} is stale: run node scripts/draw-state-machines.ts.`);
      status = 1;
    }
  }
  return status;
};

if (import.meta.main) process.exitCode = main('statemachines', 'docs', process.argv.slice(2));
