#!/usr/bin/env node
// Plain JavaScript: Node before 22.18 cannot load TypeScript at all, and shall say so in one sentence.
if (process.features.typescript) {
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write(
    `forestbridge needs Node 24 or newer; this is ${process.version}. Install it from https://nodejs.org, ` +
      'or start this through npm (npm start, npx forestbridge), which brings Node 24 along on Linux.\n',
  );
  process.exitCode = 2;
}
