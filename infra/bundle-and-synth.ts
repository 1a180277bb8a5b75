import { spawn } from 'node:child_process';
import { once } from 'node:events';

// Both take seconds, so CDK and the functions are loaded while the bundles are made.
const bundling = spawn(process.execPath, ['scripts/bundle.ts', '--without-maps'], { stdio: 'inherit' });
const bundled = once(bundling, 'exit').then(([status]) => {
  if (status !== 0) process.exit(1);
});
const { synth } = await import('./synth.ts');
await synth(bundled);
