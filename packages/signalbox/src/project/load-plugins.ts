import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import { invalid, UserError } from '../core/user-error.ts';
import { createStampOf } from '../lambda/build/file-stamps.ts';
import { createIncrementalBuild } from '../lambda/build/incremental-build.ts';
import type { Plugin } from '../plugin.ts';
import { generatedDirectory } from './generated-directory.ts';

/**
 * Loads a project's plug-ins, in TypeScript or JavaScript, by their paths relative to its root.
 * They are bundled with their npm packages left out; `signalbox` stands for the tool that runs them,
 * so that both have the same classes.
 * @throws {UserError} When one does not build, or exports no `plugin`.
 */
export async function loadPlugins(
  root: string,
  files: readonly string[],
): Promise<readonly Plugin[]> {
  if (files.length === 0) return [];
  const directory = join(generatedDirectory(root), 'plugins');
  prepare(directory, root);
  const build = createIncrementalBuild({
    root,
    recordFile: join(directory, 'plugins.json'),
    options: {
      absWorkingDir: root,
      entryPoints: files.map((file, index) => ({ in: file, out: `plugin-${index}` })),
      outdir: directory,
      bundle: true,
      splitting: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: true,
      plugins: [ENTRY_POINTS],
    },
  });
  const artifact = await build.run(createStampOf());
  if (!artifact.ok) throw invalid(artifact.problems);
  return Promise.all(files.map((file, index) => load(file, join(directory, `plugin-${index}.js`))));
}

/** Leads `signalbox` and its entry points to the files beside this one, which the tool runs from. */
const ENTRY_POINTS: EsbuildPlugin = {
  name: 'signalbox-entry-points',
  setup(build) {
    build.onResolve({ filter: /^signalbox(\/|$)/ }, ({ path }) => {
      const name = path === 'signalbox' ? 'index' : path.slice('signalbox/'.length);
      const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
      return { path: pathToFileURL(file).href, external: true };
    });
  },
};

/** Lets the bundles find the project's packages and be read as modules, wherever they are. */
function prepare(directory: string, root: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }\n');
  if (directory.startsWith(root)) return;
  const link = join(directory, 'node_modules');
  rmSync(link, { force: true });
  symlinkSync(join(root, 'node_modules'), link);
}

async function load(file: string, bundle: string): Promise<Plugin> {
  const module: { readonly plugin?: unknown } = await import(pathToFileURL(bundle).href);
  if (isPlugin(module.plugin)) return module.plugin;
  throw new UserError('invalid', `${file}: export a const named plugin, of the type Plugin`);
}

function isPlugin(value: unknown): value is Plugin {
  return (
    typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
  );
}
