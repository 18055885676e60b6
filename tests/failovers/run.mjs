// Bundles the randomised test of failovers from its TypeScript, and plays as many runs as are asked for.
import { fileURLToPath } from 'node:url';
import { bundleAndImport } from '../../bin/bundle-and-import.mjs';

const { main } = await bundleAndImport('tests/failovers/main.ts');
process.exitCode = await main(fileURLToPath(import.meta.url), process.argv.slice(2));
