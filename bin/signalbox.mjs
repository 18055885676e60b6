#!/usr/bin/env -S node --max-semi-space-size=1
// Bundles the command line from its TypeScript and runs it.
import { bundleAndImport } from './bundle-and-import.mjs';

const { main } = await bundleAndImport('local/cli/main.ts');
process.exitCode = await main(process.argv);
