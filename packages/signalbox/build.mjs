#!/usr/bin/env node
// Builds dist/: the JavaScript that an installed package runs, the console's pages, and its types. npm runs it before it packs.
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildConsole } from './bin/build-console.mjs';
import { ENTRY_POINTS } from './bin/entry-points.mjs';

const home = dirname(fileURLToPath(import.meta.url));
const OPTIONS = {
  absWorkingDir: home,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
};

rmSync(join(home, 'dist'), { recursive: true, force: true });
await build({
  ...OPTIONS,
  entryPoints: Object.entries(ENTRY_POINTS).map(([out, file]) => ({ in: file, out })),
  splitting: true,
  packages: 'external',
});
// A worker, or a process of Node.js, loads this one file, whatever folder its function is in.
await build({
  ...OPTIONS,
  entryPoints: ['src/lambda/worker.ts', 'src/lambda/process-runtime.ts'],
  entryNames: '[name]',
  outExtension: { '.js': '.mjs' },
});
// Python runs this as it is.
copyFileSync(join(home, 'src/lambda/python/bootstrap.py'), join(home, 'dist/bootstrap.py'));
// The pages come built: who installs the package gets none of their libraries.
await buildConsole(join(home, 'dist/console'));
rmSync(join(home, 'dist/console/inputs.json'));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', join(home, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
