// Node 20 can't run TypeScript itself: this bundles an entry point of the project and imports it.
import { setMaxListeners } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Bundles `entry` (relative to the project's root) into `.signalbox`, packages left outside, and imports it. */
export async function bundleAndImport(entry) {
  const outdir = join(root, '.signalbox', 'bin', basename(dirname(entry)));
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'error',
    write: false,
  });
  for (const { path, contents } of outputFiles) put(path, contents);
  process.setSourceMapsEnabled(true);
  // As in Lambda: worker threads take the time zone of their process.
  process.env.TZ = 'UTC';
  // All that runs side by side listens for its abortion: more than 10 listeners are no leak.
  setMaxListeners(0);
  // The SDK would say at every start that its releases of 2027 want Node 22.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // A rehearsal is small and lives long: collecting garbage more often keeps it in 300 MB.
  setFlagsFromString('--heap-growing-percent=10');
  return import(join(outdir, `${basename(entry, '.ts')}.js`));
}

/** Writes a file that changed, whole or not at all: another process may be reading it. */
function put(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}
