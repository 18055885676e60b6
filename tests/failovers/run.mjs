// Bundles the randomised test of failovers from its TypeScript, and plays as many runs as are asked for.
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { bundleAndImport } from '../../packages/signalbox/bin/bundle-and-import.mjs';

const { main } = await bundleAndImport('tests/failovers/main.ts');
// Here time matters more than memory.
setFlagsFromString('--heap-growing-percent=0');
process.exitCode = await main(fileURLToPath(import.meta.url), process.argv.slice(2));
