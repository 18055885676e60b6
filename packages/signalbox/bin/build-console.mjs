// Builds the console's pages for the browser, all of them from this machine: no CDN, no font from elsewhere.
// As a program: node build-console.mjs DIRECTORY
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { isFresh, recordOf } from './bundle-record.mjs';
import { mergeChunks } from './merge-chunks.mjs';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const RECORD = 'inputs.json';

/** Builds the pages into `outdir`, unless they are there and no file of theirs has changed since. */
export async function buildConsole(outdir) {
  if (existsSync(join(outdir, 'manifest.json')) && isFresh(join(outdir, RECORD))) return;
  // In a folder of its own: another process may build at the same time.
  const own = `${outdir}.${process.pid}`;
  try {
    await buildInto(own);
    rmSync(outdir, { recursive: true, force: true });
    renameSync(own, outdir);
  } catch (error) {
    // The other one was there first.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

async function buildInto(outdir) {
  const startedAtMs = Date.now();
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: home,
    entryPoints: ['src/console/browser/main.tsx'],
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff': 'file', '.woff2': 'file', '.svg': 'dataurl' },
    metafile: true,
    logLevel: 'error',
  });
  const outputs = Object.entries(metafile.outputs);
  const [, entry] = outputs.find(([, { entryPoint }]) => entryPoint?.endsWith('main.tsx'));
  checkStyles(metafile, entry.cssBundle);
  // The styles of pages are in the first sheet already.
  for (const [path] of outputs) {
    if (path.endsWith('.css') && path !== entry.cssBundle) rmSync(join(home, path));
  }
  moveFontsOut(join(home, entry.cssBundle));
  const script = await mergeChunks(outdir, metafile);
  const manifest = { script, style: basename(entry.cssBundle) };
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify(manifest));
  const inputs = Object.keys(metafile.inputs).map((path) => join(home, path));
  const settings = ['bin/build-console.mjs', 'bin/merge-chunks.mjs', 'package.json'].map((path) =>
    join(home, path),
  );
  writeFileSync(join(outdir, RECORD), recordOf([...settings, ...inputs], startedAtMs));
}

/**
 * Writes the fonts that the style sheet holds as text into files beside it: they are more than half of what
 * it takes compressed, and a browser loads only those that a page uses.
 */
function moveFontsOut(sheet) {
  const fonts = /url\(["']?data:font\/woff2;base64,([A-Za-z0-9+/=]+)["']?\)/g;
  const text = readFileSync(sheet, 'utf8').replace(fonts, (_, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    const name = `font-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.woff2`;
    writeFileSync(join(dirname(sheet), name), bytes);
    return `url(./${name})`;
  });
  writeFileSync(sheet, text);
}

/** Only the first style sheet is linked: what a page that loads later needs must be in it. */
function checkStyles({ outputs }, main) {
  const linked = new Set(Object.keys(outputs[main].inputs));
  const missing = Object.entries(outputs)
    .filter(([path]) => path.endsWith('.css'))
    .flatMap(([, { inputs }]) => Object.keys(inputs))
    .filter((path) => !linked.has(path) && readFileSync(join(home, path), 'utf8').trim() !== '');
  if (missing.length === 0) return;
  const list = [...new Set(missing)].join('\n  ');
  throw new Error(`Import these where src/console/browser/main.tsx sees them:\n  ${list}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildConsole(process.argv[2]);
