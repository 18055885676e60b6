import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { ok, type Result } from '../../core/result.ts';
import { toProblems } from './build-problems.ts';
import { type BuildRecord, readBuildRecord, writeBuildRecord } from './build-record.ts';
import { buildWithEsbuild, type DetailedResult } from './esbuild-process.ts';
import { isUnchanged, type StampOf, stampInputs } from './file-stamps.ts';

/** The result of a build. */
export interface Artifact {
  /** Changes whenever the code does. */
  readonly version: string;
  /** Absolute paths. */
  readonly files: readonly string[];
}

/** One esbuild build that runs again only when an input has changed since, also since an earlier process. */
export interface IncrementalBuild {
  /** Brings the outputs up to date; `stampOf` may share what it knows of files among builds. */
  run(stampOf: StampOf): Promise<Result<Artifact>>;
  /** The files that the last good build was made of: absolute paths; none before it. */
  inputs(): readonly string[];
  /** Resolves when no build is under way. */
  finish(): Promise<void>;
}

/** The options of an incremental build, and the file that it keeps its record in. */
export interface BuildPlan {
  /** With `outdir` and `absWorkingDir`. */
  readonly options: BuildOptions;
  /** The file that remembers the inputs between processes. */
  readonly recordFile: string;
  /** Problems name files relative to this directory. */
  readonly root: string;
}

/** Plans a build; esbuild itself is loaded only when there is something to build. */
export function createIncrementalBuild({ options, recordFile, root }: BuildPlan): IncrementalBuild {
  const directory = options.absWorkingDir ?? root;
  // Without the root: the builds of a project that was moved or copied are still its own.
  const key = JSON.stringify(options, (_name, value: unknown) =>
    typeof value === 'string' && isAbsolute(value) ? relative(root, value) : value,
  );
  let last: Promise<unknown> = Promise.resolve();
  let inputs: readonly string[] = [];

  async function run(stampOf: StampOf): Promise<Result<Artifact>> {
    const record = readBuildRecord(recordFile);
    if (record?.key === key && isFresh(record, stampOf)) return done(record);
    const startedAtMs = Date.now();
    try {
      const built = await buildWithEsbuild(options);
      return done(keep(built, startedAtMs));
    } catch (failure) {
      return { ok: false, problems: toProblems(failure, directory, root) };
    }
  }

  function done(record: BuildRecord): Result<Artifact> {
    inputs = Object.keys(record.inputs).map((file) => resolve(root, file));
    return ok(toArtifact(record, root));
  }

  function isFresh({ inputs, outputs }: BuildRecord, stampOf: StampOf): boolean {
    return (
      outputs.every((file) => existsSync(resolve(root, file))) && isUnchanged(inputs, root, stampOf)
    );
  }

  function keep(built: DetailedResult, startedAtMs: number): BuildRecord {
    const hash = createHash('sha256');
    for (const { path, contents } of built.outputFiles) {
      hash.update(relative(root, path)).update(contents);
      replaceFile(path, contents);
    }
    const files = Object.keys(built.metafile.inputs).map((file) => resolve(directory, file));
    const record: BuildRecord = {
      key,
      version: hash.digest('hex'),
      inputs: stampInputs(files, root, startedAtMs),
      outputs: built.outputFiles.map(({ path }) => relative(root, path)),
    };
    writeBuildRecord(recordFile, record);
    return record;
  }

  return {
    run(stampOf) {
      // One after the other: a second caller may know of a change that the first build missed.
      const next = last.then(() => run(stampOf));
      last = next;
      return next;
    },
    inputs: () => inputs,
    async finish() {
      await last.catch(() => undefined); // whoever began the build hears of it
    },
  };
}

/** Replaces a file at once, so that a worker which is just starting never reads half of it. */
function replaceFile(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}

function toArtifact({ version, outputs }: BuildRecord, root: string): Artifact {
  const files = outputs.map((file) => (isAbsolute(file) ? file : resolve(root, file)));
  return { version, files };
}
