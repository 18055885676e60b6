// Bundles the crash test from its TypeScript, and plays as many runs as are asked for.
import { bundleAndImport } from '../../packages/signalbox/bin/bundle-and-import.mjs';

const { main } = await bundleAndImport('tests/crash/main.ts');
process.exitCode = await main(process.argv.slice(2));
