// Node 20 can't run TypeScript itself: this bundles modules of this repository and imports one of them.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isFresh, recordOf } from './bundle-record.mjs';
import { ENTRY_POINTS } from './entry-points.mjs';
import { prepareProcess } from './prepare-process.mjs';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(home, '../..');

const OPTIONS = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
  write: false,
};

const RECORD = 'inputs.json';
const DAY_MS = 86_400_000;
/** A change in any of these may change a bundle, though none is an input of its own. */
const SETTINGS = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  ...['package.json', 'bin/bundle-and-import.mjs', 'bin/entry-points.mjs'].map((file) =>
    join(relative(root, home), file),
  ),
];

/** Bundles `entry`, relative to the repository, packages left outside, and imports it. */
export function bundleAndImport(entry) {
  const name = basename(entry, '.ts');
  process.setSourceMapsEnabled(true);
  return bundle({ [name]: join(root, entry) }, basename(dirname(entry)), name);
}

/** Bundles the tool as its dist/ is, with all entry points, and imports the command line. */
export function bundleTool() {
  return bundle(sourcesOf(Object.keys(ENTRY_POINTS)), 'signalbox', 'main');
}

async function bundle(entries, folder, imported) {
  const usual = join(root, '.signalbox/bin', folder);
  const outdir = isFresh(join(usual, RECORD)) ? usual : await make(entries, folder);
  prepareProcess();
  return import(pathToFileURL(join(outdir, `${imported}.js`)).href);
}

/** @returns The directory that holds the bundles. */
async function make(entries, folder) {
  const startedAtMs = Date.now();
  const { build } = await import('esbuild');
  const outdir = join(await generatedDirectory(build), 'bin', folder);
  const { outputFiles, metafile } = await build({
    ...OPTIONS,
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([out, file]) => ({ in: file, out })),
    outdir,
    splitting: true,
    packages: 'external',
    // A module that imports the tool by its name gets its sources.
    alias: publicSources(),
    sourcemap: true,
    metafile: true,
  });
  for (const { path, contents } of outputFiles) put(path, contents);
  put(join(outdir, 'package.json'), Buffer.from('{ "type": "module" }\n'));
  linkPackages(outdir);
  removeOld(outdir, new Set(outputFiles.map(({ path }) => basename(path))));
  const inputs = [...SETTINGS, ...Object.keys(metafile.inputs)].map((path) => join(root, path));
  put(join(outdir, RECORD), Buffer.from(recordOf(inputs, startedAtMs)));
  return outdir;
}

/** One module, which is TypeScript too, decides where generated files go. */
async function generatedDirectory(build) {
  const { outputFiles } = await build({
    ...OPTIONS,
    entryPoints: [join(home, 'src/project/generated-directory.ts')],
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { generatedDirectory } = await import(`data:text/javascript;base64,${code}`);
  return generatedDirectory(root);
}

function sourcesOf(names) {
  return Object.fromEntries(names.map((name) => [name, join(home, ENTRY_POINTS[name])]));
}

function publicSources() {
  const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const sources = Object.entries(exports).flatMap(([path, { 'signalbox-source': source }]) =>
    source === undefined ? [] : [[join('signalbox', path), join(home, source)]],
  );
  return Object.fromEntries(sources);
}

/** Outside of the repository, the bundle would not find its packages. */
function linkPackages(outdir) {
  if (outdir.startsWith(root)) return;
  const link = join(outdir, 'node_modules');
  rmSync(link, { force: true });
  symlinkSync(join(root, 'node_modules'), link);
}

/** Removes chunks of former bundles; a process that runs since yesterday may still load one of its own. */
function removeOld(outdir, current) {
  const former = readdirSync(outdir).filter((name) =>
    /^[\w.-]+-[A-Z0-9]{8}\.js(\.map)?$/.test(name),
  );
  for (const file of former
    .filter((name) => !current.has(name))
    .map((name) => join(outdir, name))) {
    if (Date.now() - statSync(file).mtimeMs > DAY_MS) rmSync(file, { force: true });
  }
}

/** Writes a file that changed, whole or not at all: another process may be reading it. */
function put(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}
