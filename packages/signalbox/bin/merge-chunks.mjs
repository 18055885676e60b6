// Puts what every page needs into one file: a browser asks for few files at once, and dozens of small ones take their turn.

import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** A shared chunk below this costs more as a request than as bytes that a page may not need. */
const SMALL_BYTES = 6_000;
const OPTIONS = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'error',
};

/**
 * Merges the first script with all that it imports, and with small shared chunks, and lets the others import from it.
 *
 * @param outdir Where esbuild has written the chunks of `metafile`.
 * @returns The name of the merged script.
 */
export async function mergeChunks(outdir, metafile) {
  const chunks = chunksIn(metafile);
  const first = [...chunks.values()].find(({ entryPoint }) => entryPoint?.endsWith('/main.tsx'));
  const merged = [...mergedWith(first, chunks)];
  const name = await writeMerged(outdir, first, merged);
  const rest = [...chunks.values()].filter((chunk) => !merged.includes(chunk));
  await rewrite(outdir, rest, merged, name);
  for (const chunk of merged) rmSync(join(outdir, chunk.name));
  return name;
}

function chunksIn({ outputs }) {
  const scripts = Object.entries(outputs).filter(([path]) => path.endsWith('.js'));
  return new Map(
    scripts.map(([path, { imports, exports, entryPoint, bytes }]) => {
      const needs = imports.filter(({ kind }) => kind === 'import-statement');
      const name = basename(path);
      return [
        name,
        { name, entryPoint, exports, bytes, needs: needs.map((one) => basename(one.path)) },
      ];
    }),
  );
}

function mergedWith(first, chunks) {
  const merged = closureOf(first, chunks);
  for (const chunk of chunks.values()) {
    const all = [...closureOf(chunk, chunks)].filter((one) => !merged.has(one));
    const isShared = all.every(({ entryPoint }) => entryPoint === undefined);
    const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
    if (isShared && bytes < SMALL_BYTES) for (const one of all) merged.add(one);
  }
  return merged;
}

/** A chunk and all that it imports, and they import. */
function closureOf(chunk, chunks, found = new Set()) {
  if (found.has(chunk)) return found;
  found.add(chunk);
  for (const name of chunk.needs) closureOf(chunks.get(name), chunks, found);
  return found;
}

async function writeMerged(outdir, first, merged) {
  const lines = merged
    .filter(({ exports }) => exports.length > 0)
    .map(
      (chunk) =>
        `export {${renamed(chunk, merged, (one, as) => `${one} as ${as}`)}} from './${chunk.name}';`,
    );
  const { outputFiles } = await build({
    ...OPTIONS,
    stdin: { contents: [`import './${first.name}';`, ...lines].join('\n'), resolveDir: outdir },
    write: false,
    plugins: [{ name: 'pages stay apart', setup: leavePagesApart }],
  });
  const [{ contents }] = outputFiles;
  const name = `main-${createHash('sha256').update(contents).digest('hex').slice(0, 8)}.js`;
  writeFileSync(join(outdir, name), contents);
  return name;
}

function leavePagesApart({ onResolve }) {
  onResolve({ filter: /^\.\// }, ({ path, kind }) =>
    kind === 'dynamic-import' ? { path, external: true } : undefined,
  );
}

async function rewrite(outdir, rest, merged, name) {
  const within = new Map(merged.map((chunk) => [`./${chunk.name}`, chunk]));
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\.\// }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      return within.has(path) ? { path, namespace: 'merged' } : { path, external: true };
    });
    onLoad({ filter: /.*/, namespace: 'merged' }, ({ path }) => ({
      contents: `export {${renamed(within.get(path), merged, (one, as) => `${as} as ${one}`)}} from './${name}';`,
    }));
  };
  const plugins = [{ name: 'import what is merged', setup }];
  const entryPoints = rest.map((chunk) => join(outdir, chunk.name));
  const { outputFiles } = await build({ ...OPTIONS, entryPoints, outdir, write: false, plugins });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
}

/** Exports of different chunks may have the same name: in the merged script each has its own. */
function renamed(chunk, merged, write) {
  const at = merged.indexOf(chunk);
  return chunk.exports.map((one) => write(one, `m${at}_${one}`)).join(', ');
}
