#!/usr/bin/env node
// Bundles the command line from its TypeScript and runs it: Node 20 can't run TypeScript itself.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outdir = join(root, '.signalbox', 'bin');

await build({
  absWorkingDir: root,
  entryPoints: ['local/cli/main.ts'],
  outdir,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'error',
});
process.setSourceMapsEnabled(true);
// As in Lambda: worker threads take the time zone of their process.
process.env.TZ = 'UTC';
// The SDK would say at every start that its releases of 2027 want Node 22.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const { main } = await import(join(outdir, 'main.js'));
process.exitCode = await main(process.argv);
