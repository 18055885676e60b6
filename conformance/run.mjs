// Bundles the runner from its TypeScript and runs it: Node 20 can't run TypeScript itself.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(root, '.signalbox', 'conformance', 'main.js');

await build({
  absWorkingDir: root,
  entryPoints: ['conformance/main.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'error',
});
process.setSourceMapsEnabled(true);
const { main } = await import(outfile);
process.exitCode = await main(process.argv.slice(2));
