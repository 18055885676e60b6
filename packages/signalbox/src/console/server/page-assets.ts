import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { isJsonObject, parseJson } from '../../core/json.ts';
import { generatedDirectory } from '../../project/generated-directory.ts';

const runFile = promisify(execFile);

/** The built pages. */
export interface PageAssets {
  /** The names of the first script and of the style sheet. */
  readonly script: string;
  readonly style: string;
  /** Returns a file by its name; undefined where there is none. */
  file(name: string): Asset | undefined;
}

/** A file as it is sent. */
export interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/**
 * Finds the built pages: an installed package brings them. In the tool's repository they are built at
 * the first visit, and again when one of their files has changed.
 *
 * @param root The project whose generated files the build is kept among.
 */
export async function openPageAssets(root: string): Promise<PageAssets> {
  const installed = fileURLToPath(new URL('./console/', import.meta.url));
  const directory = existsSync(join(installed, 'manifest.json')) ? installed : await build(root);
  const manifest = parseJson(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  const { script, style } = isJsonObject(manifest) ? manifest : {};
  // All at once: a later build of another process takes the files away.
  const files = new Map(
    readdirSync(directory).map((name) => [name, assetOf(join(directory, name))] as const),
  );
  return { script: String(script), style: String(style), file: (name) => files.get(name) };
}

/** In a process of its own: in this one, esbuild is stopped whenever no function is left to build. */
async function build(root: string): Promise<string> {
  // Not relative to this file: the command line runs from a bundle.
  const home = dirname(createRequire(import.meta.url).resolve('signalbox/package.json'));
  const outdir = join(generatedDirectory(root), 'console');
  await runFile(process.execPath, [join(home, 'bin/build-console.mjs'), outdir]);
  return outdir;
}

function assetOf(path: string): Asset {
  const body = readFileSync(path);
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  let gzipped: Buffer | undefined;
  return {
    type,
    body,
    get gzipped() {
      // Once for a process: the smallest is worth its time.
      gzipped ??= gzipSync(body, { level: 9 });
      return gzipped;
    },
  };
}
