// Bundles what takes the screenshots from its TypeScript, and takes them.
import { bundleAndImport } from '../../packages/signalbox/bin/bundle-and-import.mjs';

const { main } = await bundleAndImport('tests/screenshots/main.ts');
process.exitCode = await main(process.argv.slice(2));
