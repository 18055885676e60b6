#!/usr/bin/env -S node --max-semi-space-size=2
// Runs the command line: from dist/ where the package is installed, from its TypeScript in its repository.
import { existsSync } from 'node:fs';

// Whoever reads has enough, such as `head`, or is gone: that is no failure of the command's. A rehearsal that
// tried to say so where nobody reads would fail again, without end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

const { main, mapStackTraces } = await load();
mapStackTraces();
process.exitCode = await main(process.argv);

async function load() {
  if (existsSync(new URL('../src/cli/main.ts', import.meta.url))) {
    return (await import('./bundle-and-import.mjs')).bundleTool();
  }
  (await import('./prepare-process.mjs')).prepareProcess();
  return import(new URL('../dist/main.js', import.meta.url).href);
}
