#!/usr/bin/env node
// Bundles the benchmarks from their TypeScript and runs those that are named, or all.
import { bundleAndImport } from '../packages/signalbox/bin/bundle-and-import.mjs';

const { main } = await bundleAndImport('benchmarks/main.ts');
process.exitCode = await main(process.cwd(), process.argv.slice(2));
