import { dirname, join, resolve } from 'node:path';
import { type OnBug, ownPromise } from '../core/bugs/own-promise.ts';
import { type ProjectConfig, readProjectConfig } from '../project/project-config.ts';
import type { App } from '../template/app.ts';
import type { OpenedFunctions } from './open-functions.ts';
import { watch } from './watch.ts';

/** Whose files are watched, and whom to call. */
export interface WatchProjectOptions {
  /** The project's root. */
  readonly root: string;
  /** The configuration with which the rehearsal started. */
  readonly config: ProjectConfig;
  /** The directory that the rehearsal itself writes to, relative to the root. */
  readonly storeDirectory?: string | undefined;
  /** The apps of all Regions. */
  readonly apps: () => readonly App[];
  /** Files that the app was read from, or that have a mistake now, relative to the root. */
  readonly sources: () => readonly string[];
  readonly functions: readonly Pick<OpenedFunctions, 'built' | 'inputs'>[];
  /** Reads the app again. */
  readonly reload: () => Promise<void>;
  readonly say: (line: string) => void;
  readonly onBug: OnBug;
}

/**
 * Watches what the template and `package.json` name: the files of the app, the folders of the
 * functions' code, what their bundles import, and the files of the `signalbox` section. Returns what stops it.
 */
export function watchProject(options: WatchProjectOptions): () => void {
  const { root, config, apps, sources, functions, reload, say, onBug } = options;
  const { simulatedResources, seeds, plugins } = config;
  const whatResetReads = toPaths(
    root,
    simulatedResources === undefined ? [] : [simulatedResources],
  );
  const whatStartReads = toPaths(root, [...seeds, ...plugins]);
  const packageFile = resolve(root, 'package.json');
  let known = JSON.stringify(readProjectConfig(root));

  /** Says of the files that a running rehearsal does not read again what takes their change. */
  function explain(paths: readonly string[]): void {
    for (const path of paths) {
      const name = whatResetReads.get(path);
      if (name !== undefined) say(`${name} has changed: "signalbox resources reset" takes it`);
      const started = whatStartReads.get(path);
      if (started !== undefined) say(`${started} has changed: the next start takes it`);
    }
    const now = JSON.stringify(readProjectConfig(root));
    if (now !== known) say('package.json has changed under signalbox: the next start takes it');
    known = now;
  }

  const { follow, stop } = watch({
    root,
    onBug,
    ignored: options.storeDirectory,
    files: () => [
      ...['samconfig.toml', packageFile, ...sources(), ...functions.flatMap((one) => one.inputs())],
      ...apps().flatMap(archives),
      ...whatResetReads.keys(),
      ...whatStartReads.keys(),
    ],
    folders: () => [...apps().flatMap(codeFolders), ...sourceFolders(root, sources())],
    async changed(paths) {
      explain(paths);
      const isOfApp = (path: string) => !whatResetReads.has(path) && !whatStartReads.has(path);
      if (paths.some(isOfApp)) await reload();
    },
  });
  // The files that the bundles import are known only when they are built.
  void ownPromise(Promise.all(functions.map((one) => one.built())).then(follow), onBug);
  return stop;
}

function toPaths(root: string, names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [resolve(root, name), name]));
}

function codeFolders({ functions }: App): readonly string[] {
  const folders = functions.flatMap(({ code, codeUri, path, layers = [] }) => [
    ...(code === undefined ? [codeUri] : []),
    // What `sam build` makes of a function that is compiled.
    join('.aws-sam/build', path),
    ...layers.flatMap(({ directory }) => directory ?? []),
  ]);
  return [...new Set(folders)];
}

function archives({ functions }: App): readonly string[] {
  return functions.flatMap(({ code }) => (code?.kind === 'archive' ? [code.file] : []));
}

/** The folders of the app's files; the root's other files are no part of the app. */
function sourceFolders(root: string, sources: readonly string[]): readonly string[] {
  const folders = sources.map((source) => dirname(resolve(root, source)));
  return [...new Set(folders)].filter((folder) => folder !== resolve(root));
}
