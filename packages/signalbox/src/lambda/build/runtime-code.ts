import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invalid } from '../../core/user-error.ts';
import { generatedDirectory } from '../../project/generated-directory.ts';
import { toolHome } from '../tool-file.ts';
import { createStampOf } from './file-stamps.ts';
import { createIncrementalBuild } from './incremental-build.ts';

/** The code that runs functions: JavaScript files. */
export interface RuntimeCode {
  /** Runs in a worker thread. */
  readonly workerFile: string;
  /** Runs in a process of its own, by Lambda's Runtime API. */
  readonly processFile: string;
}

/**
 * Finds the code that runs functions. In the tool's repository it is built first, since Node.js 20 starts
 * nothing from TypeScript; an installed package brings it.
 */
export async function buildRuntimeCode(root: string): Promise<RuntimeCode> {
  const installed = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));
  if (existsSync(installed('worker.mjs'))) return filesIn(installed);
  const outdir = join(generatedDirectory(root), 'worker');
  const build = createIncrementalBuild({
    root,
    recordFile: join(outdir, 'worker.json'),
    options: {
      absWorkingDir: toolHome(),
      entryPoints: ['src/lambda/worker.ts', 'src/lambda/process-runtime.ts'],
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    },
  });
  const artifact = await build.run(createStampOf());
  if (!artifact.ok) throw invalid(artifact.problems);
  return filesIn((name) => join(outdir, name));
}

function filesIn(file: (name: string) => string): RuntimeCode {
  return { workerFile: file('worker.mjs'), processFile: file('process-runtime.mjs') };
}
