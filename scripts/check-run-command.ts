import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { documents } from '../run-command/documents.ts';
import { powershellCheck } from './powershell.ts';

// Checks the scripts given as arguments, or else every script and every document as the agent will run it.

const documentSchema = z.object({
  mainSteps: z.array(z.object({ inputs: z.object({ runCommand: z.array(z.string()) }) })),
});

const folder = join('run-command', 'windows');
const check = await powershellCheck();
let faults = 0;

const report = (name: string, source: string, scope: 'part' | 'whole'): void => {
  const found = check(source.replace(/^\uFEFF/, ''), scope);
  for (const { line, column, message } of found) console.error(`${name}:${line}:${column}: ${message}`);
  if (found.length === 0) console.log(`${name}: correct`);
  faults += found.length;
};

const paths = process.argv.slice(2);
const every = readdirSync(folder).filter((name) => name.endsWith('.ps1'));
for (const path of paths.length > 0 ? paths : every.map((name) => join(folder, name)))
  report(path, readFileSync(path, 'utf8'), 'part');

if (paths.length === 0)
  for (const { name, content } of documents())
    for (const { inputs } of documentSchema.parse(JSON.parse(content)).mainSteps)
      report(`document ${name}`, inputs.runCommand.join('\n'), 'whole');

process.exitCode = faults === 0 ? 0 : 1;
