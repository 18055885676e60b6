// Deploys the application onto MiniStack, an engine that others wrote, and plays the scenarios of orders there.
import { bundleAndImport } from '../../packages/signalbox/bin/bundle-and-import.mjs';

const { main } = await bundleAndImport('tests/ministack/main.ts');
process.exitCode = await main();
