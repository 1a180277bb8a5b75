import { synth } from './synth.ts';

// As CDK's command calls it, after the functions are bundled.
await synth(Promise.resolve());
