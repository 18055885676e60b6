import { posix } from 'node:path';
import type { EsbuildProperties } from '../../app.ts';
import { checkKeys } from '../../check-keys.ts';
import type { Files } from '../../files.ts';
import type { PropertyReader } from '../property-reader.ts';
import type { Reading } from '../resource-type.ts';

const SUPPORTED = [
  'Banner',
  'EntryPoints',
  'External',
  'Format',
  'KeepNames',
  'MainFields',
  'Minify',
  'OutExtension',
  'Sourcemap',
  'Target',
];

/** esbuild bundles so already, or it changes the source map or the install alone. */
const INERT = ['SourcesContent', 'TreeShaking', 'UseNpmCi'];

/**
 * Reads a function's `Metadata` with the defaults of SAM's esbuild builder.
 * See the AWS SAM Developer Guide, "Building Node.js Lambda functions with esbuild".
 */
export function readBuild(reading: Reading, codeUri: string | undefined): EsbuildProperties {
  const { metadata, properties, files, report, resource } = reading;
  const method = metadata.text('BuildMethod');
  const runtime = properties.text('Runtime') ?? '';
  // There is nothing that esbuild would build.
  if (!runtime.startsWith('nodejs') || codeUri === undefined) return PLAIN;
  const isPlain = method === undefined && !metadata.has('BuildProperties');
  if (isPlain || files.isBuilt(codeUri)) return plainBuild(properties, files, codeUri);
  if (!isEsbuild(reading)) return plainBuild(properties, files, codeUri);
  const what = `BuildProperties of ${resource.logicalId}`;
  checkKeys(metadata.node('BuildProperties'), { what, known: [...SUPPORTED, ...INERT] }, report);
  const build = metadata.map('BuildProperties');
  const entryPoints = build.texts('EntryPoints');
  if (!build.has('EntryPoints') && metadata.text('BuildMethod') === 'esbuild') {
    build.refuse('EntryPoints', 'it needs EntryPoints: a list of files');
  }
  checkEntryPoints(build, codeUri, entryPoints, files);
  return {
    entryPoints,
    minify: build.flag('Minify') ?? true,
    target: build.text('Target') ?? 'es2020',
    format: build.choice('Format', ['cjs', 'esm'], 'cjs'),
    sourcemap: build.flag('Sourcemap') ?? false,
    keepNames: build.flag('KeepNames') ?? false,
    mainFields: (build.text('MainFields') ?? 'main,module').split(',').map((field) => field.trim()),
    external: build.texts('External'),
    banner: pairs(build, 'Banner'),
    outExtension: pairs(build, 'OutExtension'),
  };
}

/** The build of code for which the template says nothing: as it is written, with what it imports. */
const PLAIN: EsbuildProperties = {
  entryPoints: [],
  minify: false,
  target: 'node20',
  format: 'cjs',
  sourcemap: true,
  keepNames: true,
  mainFields: ['main', 'module'],
  external: [],
  banner: {},
  outExtension: {},
  keepsFolders: true,
};

/** Code that is a module may import packages that are none. */
const MODULE: Partial<EsbuildProperties> = {
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  banner: {
    js: "import { createRequire as createRequireOf } from 'node:module'; const require = createRequireOf(import.meta.url);",
  },
};

const SUFFIXES = ['.mjs', '.js', '.cjs', '.mts', '.ts', '.cts'] as const;

/** Finds the file that the handler names, as the Node.js runtime does; TypeScript counts too. */
function plainBuild(properties: PropertyReader, files: Files, codeUri: string): EsbuildProperties {
  const handler = properties.text('Handler') ?? '';
  const module = handler.replace(/\.[^./]+$/, '');
  if (module === '') return PLAIN;
  const suffix = SUFFIXES.find((one) => files.isFile(posix.join(codeUri, `${module}${one}`)));
  if (suffix === undefined) {
    const names = SUFFIXES.map((one) => `${module}${one}`).join(', ');
    properties.refuse(
      'Handler',
      `Handler ${handler} names no file in ${codeUri}: there is no ${names}`,
    );
    return PLAIN;
  }
  const isModule = suffix.startsWith('.m') || (!suffix.startsWith('.c') && files.isModule(codeUri));
  return { ...PLAIN, ...(isModule ? MODULE : {}), entryPoints: [`${module}${suffix}`] };
}

/** Any other method, such as makefile, is the SAM CLI's: the code is taken as it stands. */
function isEsbuild({ metadata, properties, report, resource }: Reading): boolean {
  const method = metadata.text('BuildMethod');
  if (method === 'esbuild') return true;
  const place = (metadata.has('BuildMethod') ? metadata : properties).placeOf('BuildMethod');
  const message = `Metadata of ${resource.logicalId}: the rehearsal builds functions by esbuild: write BuildMethod: esbuild, or no Metadata`;
  const subject = `BuildMethod ${method ?? 'of none'}`;
  return !report.unrehearsed(place, { kind: 'property', subject }, message);
}

function checkEntryPoints(
  build: PropertyReader,
  codeUri: string,
  entryPoints: readonly string[],
  files: Files,
): void {
  for (const entryPoint of entryPoints) {
    const path = posix.join(codeUri, entryPoint);
    const candidates = posix.extname(path) === '' ? [`${path}.ts`, `${path}.js`] : [path];
    if (!candidates.some((candidate) => files.isFile(candidate))) {
      build.refuse('EntryPoints', `entry point ${path} does not exist`);
    }
  }
}

/** SAM hands these to esbuild as `--banner:js=text`, so they are lists of `key=value`. */
function pairs(build: PropertyReader, name: string): Readonly<Record<string, string>> {
  if (build.node(name)?.kind === 'map') {
    build.refuse(
      name,
      `${name} is a list, such as [${name === 'Banner' ? 'js=text' : '.js=.mjs'}]`,
    );
    return {};
  }
  const entries = build.texts(name).map((text): readonly [string, string] => {
    const equals = text.indexOf('=');
    if (equals < 0) build.refuse(name, `${name} takes key=value, not ${text}`);
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
  return Object.fromEntries(entries);
}
