import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bad, ok, type Problem, type Result } from '../../core/result.ts';
import { generatedDirectory } from '../../project/generated-directory.ts';
import type { FunctionResource } from '../../template/app.ts';
import { handlerModule } from '../handler-name.ts';
import { toBuildOptions } from './build-options.ts';
import { createStampOf, type StampOf } from './file-stamps.ts';
import { createIncrementalBuild, type IncrementalBuild } from './incremental-build.ts';
import { copyPrebuilt } from './prebuilt.ts';

/** A function's code as Lambda would unpack it. */
export interface Bundle {
  /** The task root: an absolute path. */
  readonly directory: string;
  /** Changes whenever the code does. */
  readonly version: string;
}

/** Builds functions into `.signalbox/functions/<path>/`, each when it is needed. */
export interface Bundler {
  /** The function's bundle, built at the first call; `refresh` is what takes in a later change. */
  bundle(resource: FunctionResource): Promise<Result<Bundle>>;
  /** Builds what is new or changed, and returns all that is wrong. */
  refresh(resources: readonly FunctionResource[]): Promise<readonly Problem[]>;
  /** The files that bundles are made of: absolute paths. */
  inputs(): readonly string[];
  dispose(): Promise<void>;
}

interface Entry {
  readonly key: string;
  readonly build: IncrementalBuild | undefined;
  bundle: Promise<Result<Bundle>>;
}

/** Builds at once: esbuild itself uses every core. */
const BUILDS_AT_ONCE = 4;

/**
 * Creates the bundler of a project; with `prebuiltDirectory`, such as `.aws-sam/build`, it takes
 * what `sam build` made instead of building.
 */
export function createBundler(root: string, prebuiltDirectory?: string): Bundler {
  const generated = generatedDirectory(root);
  const home = join(generated, prebuiltDirectory === undefined ? 'functions' : 'prebuilt');
  const entries = new Map<string, Entry>();
  let isDisposed = false;

  function entryOf(resource: FunctionResource, stampOf: StampOf): Entry {
    const { path, codeUri, build } = resource;
    const key = JSON.stringify([codeUri, build]);
    const known = entries.get(path);
    if (known?.key === key) return known;
    const entry = openEntry(resource, key, stampOf);
    entries.set(path, entry);
    return entry;
  }

  function openEntry(resource: FunctionResource, key: string, stampOf: StampOf): Entry {
    const directory = join(home, resource.path);
    if (prebuiltDirectory !== undefined) {
      const source = resolve(root, prebuiltDirectory, resource.path);
      return { key, build: undefined, bundle: prebuilt(resource, source, directory) };
    }
    const options = toBuildOptions(resource, root, directory);
    if (!options.ok) return { key, build: undefined, bundle: Promise.resolve(options) };
    const recordFile = `${directory}.json`;
    const build = createIncrementalBuild({ options: options.value, recordFile, root });
    return { key, build, bundle: run(build, directory, stampOf) };
  }

  async function refresh(resource: FunctionResource, stampOf: StampOf): Promise<Problem[]> {
    const known = entries.get(resource.path);
    if (known !== undefined && known.build === undefined) entries.delete(resource.path);
    const entry = entryOf(resource, stampOf);
    let built = entry.bundle;
    if (entry === known && entry.build !== undefined) {
      const earlier = entry.bundle;
      built = run(entry.build, join(home, resource.path), stampOf);
      entry.bundle = firstGood(built, earlier);
    }
    const bundle = await built;
    return bundle.ok ? checkHandler(resource, bundle.value) : [...bundle.problems];
  }

  return {
    async bundle(resource) {
      makeHome(home);
      return await entryOf(resource, createStampOf()).bundle;
    },
    async refresh(resources) {
      makeHome(home);
      const stampOf = createStampOf();
      const waiting = [...resources];
      const problems: Problem[] = [];
      async function work(): Promise<void> {
        // Whoever ends the rehearsal waits for the builds under way, not for those to come.
        for (let next = waiting.shift(); next && !isDisposed; next = waiting.shift()) {
          problems.push(...(await refresh(next, stampOf)));
        }
      }
      await Promise.all(Array.from({ length: BUILDS_AT_ONCE }, work));
      return problems;
    },
    inputs: () => [...entries.values()].flatMap(({ build }) => build?.inputs() ?? []),
    async dispose() {
      isDisposed = true;
      await Promise.all([...entries.values()].map(({ build }) => build?.finish()));
      entries.clear();
    },
  };
}

/** Code that does not build is not deployed: what was there before stays. */
async function firstGood(
  built: Promise<Result<Bundle>>,
  earlier: Promise<Result<Bundle>>,
): Promise<Result<Bundle>> {
  const now = await built;
  if (now.ok) return now;
  const before = await earlier;
  return before.ok ? before : now;
}

async function run(
  build: IncrementalBuild,
  directory: string,
  stampOf: StampOf,
): Promise<Result<Bundle>> {
  const artifact = await build.run(stampOf);
  return artifact.ok ? ok({ directory, version: artifact.value.version }) : artifact;
}

async function prebuilt(
  { path, place }: FunctionResource,
  source: string,
  directory: string,
): Promise<Result<Bundle>> {
  if (existsSync(source)) return ok({ directory, version: copyPrebuilt(source, directory) });
  return bad({ message: `${path} is not built: run "sam build" first`, ...place });
}

/** Keeps the package.json of the project, which may say `"type": "module"`, off the bundles: Lambda's task root has none. */
function makeHome(home: string): void {
  const file = join(home, 'package.json');
  if (existsSync(file)) return;
  mkdirSync(home, { recursive: true });
  writeFileSync(file, '{}\n');
}

/** AWS deploys a handler that names no file, and then fails each invocation. */
function checkHandler(resource: FunctionResource, { directory }: Bundle): Problem[] {
  const name = handlerModule(resource.handler);
  const found = ['.js', '.mjs', '.cjs'].some((suffix) =>
    existsSync(join(directory, `${name}${suffix}`)),
  );
  if (found) return [];
  const built = resource.build.entryPoints.join(', ');
  const message = `Handler "${resource.handler}" of ${resource.logicalId} names no file that EntryPoints (${built}) builds: write the entry point's file name before the dot`;
  return [{ message, ...resource.place }];
}
