// Bundles the randomised test of orders from its TypeScript, and plays as many runs as are asked for.
import { setFlagsFromString } from 'node:v8';
import { bundleAndImport } from '../../packages/signalbox/bin/bundle-and-import.mjs';

const { main } = await bundleAndImport('tests/orders/main.ts');
// Here time matters more than memory.
setFlagsFromString('--heap-growing-percent=0');
process.exitCode = await main(process.argv.slice(2));
