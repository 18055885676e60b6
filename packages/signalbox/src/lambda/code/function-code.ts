import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { bad, ok, type Result } from '../../core/result.ts';
import { generatedDirectory } from '../../project/generated-directory.ts';
import type { FunctionResource } from '../../template/app.ts';
import { treeVersion } from './tree-version.ts';
import { unpackArchive } from './unpack-archive.ts';

/** A function's code and layers as Lambda unpacks them. */
export interface FunctionCode {
  /** The task root: an absolute path. */
  readonly directory: string;
  /** What `sam build` made of the same function, where that is another folder: an absolute path. */
  readonly builtDirectory: string | undefined;
  /** The layers' folders, in the order in which they are laid over one another: absolute paths. */
  readonly layers: readonly string[];
  /** Changes whenever the code or a layer does. */
  readonly version: string;
}

/** Where code is looked for. */
export interface CodePlaces {
  /** The project's root: an absolute path. */
  readonly root: string;
  /** Such as `.aws-sam/build`, where what `sam build` made is to run. */
  readonly prebuiltDirectory: string | undefined;
  /** Builds a function that esbuild makes; undefined for every other. */
  readonly bundleOf: (resource: FunctionResource) => Promise<Result<FoundDirectory>> | undefined;
}

/** A folder with code, and its version. */
interface FoundDirectory {
  readonly directory: string;
  readonly version: string;
}

const BUILT = '.aws-sam/build';

/** Finds a function's code on this machine, and unpacks it where it is packed. */
export async function findCode(
  resource: FunctionResource,
  places: CodePlaces,
): Promise<Result<FunctionCode>> {
  const { root } = places;
  const found = await (places.bundleOf(resource) ?? findDirectory(resource, places));
  if (!found.ok) return found;
  const { directory, version } = found.value;
  // A layer that is not on this machine is left out: its packages may be installed here otherwise.
  const layers = (resource.layers ?? []).flatMap((layer) =>
    layer.directory === undefined ? [] : [resolve(root, layer.directory)],
  );
  const built = join(root, BUILT, resource.path);
  const builtDirectory = built !== directory && existsSync(built) ? built : undefined;
  const versions = [
    version,
    ...[...layers, ...(builtDirectory === undefined ? [] : [builtDirectory])].map(treeVersion),
  ];
  return ok({ directory, builtDirectory, layers, version: versions.join(' ') });
}

async function findDirectory(
  resource: FunctionResource,
  { root, prebuiltDirectory }: CodePlaces,
): Promise<Result<FoundDirectory>> {
  const { path, code, codeUri, logicalId, place } = resource;
  const home = join(generatedDirectory(root), 'code', path);
  if (code?.kind === 'inline') return ok(writeInline(resource, code.text, home));
  if (code?.kind === 'absent' || code?.kind === 'image') {
    const reason = code.kind === 'absent' ? code.reason : `its code is the image ${code.imageUri}`;
    return bad({ message: `${logicalId} does not run here: ${reason}`, ...place });
  }
  if (code?.kind === 'archive' && prebuiltDirectory === undefined) {
    return await openArchive(resource, join(root, code.file), home);
  }
  const built = resolve(root, prebuiltDirectory ?? BUILT, path);
  const runsBuilt = prebuiltDirectory !== undefined || (needsBuild(resource) && existsSync(built));
  if (prebuiltDirectory !== undefined && !existsSync(built)) {
    return bad({ message: `${path} is not built: run "sam build" first`, ...place });
  }
  const directory = runsBuilt ? built : resolve(root, codeUri);
  if (isModuleByItsParents(resource, directory)) return ok(copyOut(directory, home));
  return ok({ directory, version: treeVersion(directory) });
}

async function openArchive(
  { logicalId, place }: FunctionResource,
  archive: string,
  home: string,
): Promise<Result<FoundDirectory>> {
  try {
    return ok({ directory: home, version: await unpackArchive(archive, home) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The code of ${logicalId} can't be unpacked from ${basename(archive)}: ${reason}`;
    return bad({ message, ...place });
  }
}

/** CloudFormation puts the text into `index.js` or `index.py` (`AWS::Lambda::Function Code`, ZipFile). */
function writeInline({ runtime }: FunctionResource, text: string, home: string): FoundDirectory {
  mkdirSync(home, { recursive: true });
  const file = join(home, runtime.startsWith('python') ? 'index.py' : 'index.js');
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  // Without it, a package.json above would say what kind of module this is.
  if (runtime.startsWith('nodejs')) writeFileSync(join(home, 'package.json'), '{}\n');
  return { directory: home, version: createHash('sha256').update(text).digest('hex') };
}

/** Code of languages that are compiled runs only where it is built. */
function needsBuild({ runtime, isBuilt }: FunctionResource): boolean {
  return isBuilt !== true && /^(provided|java|dotnet)/.test(runtime);
}

/** Lambda sees no package.json above the code: one that makes `.js` files modules must not be found. */
function isModuleByItsParents({ runtime }: FunctionResource, directory: string): boolean {
  if (!runtime.startsWith('nodejs')) return false;
  for (let folder = directory; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    return folder !== directory && /"type"\s*:\s*"module"/.test(readFileSync(file, 'utf8'));
  }
  return false;
}

/** Copies the code to where no package.json is above it; its installed packages stay where they are. */
function copyOut(source: string, home: string): FoundDirectory {
  const version = treeVersion(source);
  const record = `${home}.version`;
  if (existsSync(home) && existsSync(record) && readFileSync(record, 'utf8') === version) {
    return { directory: home, version };
  }
  rmSync(home, { recursive: true, force: true });
  cpSync(source, home, {
    recursive: true,
    filter: (path) => !/[/\\](node_modules|\.[^/\\]+)$/.test(path),
  });
  const installed = join(source, 'node_modules');
  if (existsSync(installed)) symlinkSync(installed, join(home, 'node_modules'));
  writeFileSync(join(home, 'package.json'), '{}\n');
  writeFileSync(record, version);
  return { directory: home, version };
}
