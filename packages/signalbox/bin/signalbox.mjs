#!/usr/bin/env -S node --max-semi-space-size=1
// Bundles the command line from its TypeScript and runs it.
import { bundleAndImport } from './bundle-and-import.mjs';

// Whoever reads has enough, such as `head`: that is no failure of the command's.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const { main } = await bundleAndImport('packages/signalbox/src/cli/main.ts');
process.exitCode = await main(process.argv);
