// Bundles the runner from its TypeScript and runs it.
import { bundleAndImport } from '../bin/bundle-and-import.mjs';

const { main } = await bundleAndImport('packages/signalbox/conformance/main.ts');
process.exitCode = await main(process.argv.slice(2));
