import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invalid } from '../../core/user-error.ts';
import { generatedDirectory } from '../../project/generated-directory.ts';
import { createStampOf } from './file-stamps.ts';
import { createIncrementalBuild } from './incremental-build.ts';

/**
 * Finds the code that runs in each worker, and returns its file. In the tool's repository it is built
 * first, since Node.js 20 starts no worker from TypeScript; an installed package brings it.
 */
export async function buildWorkerCode(root: string): Promise<string> {
  const installed = fileURLToPath(new URL('./worker.mjs', import.meta.url));
  if (existsSync(installed)) return installed;
  // Not relative to this file: the command line runs from a bundle.
  const home = dirname(createRequire(import.meta.url).resolve('signalbox/package.json'));
  const outdir = join(generatedDirectory(root), 'worker');
  const build = createIncrementalBuild({
    root,
    recordFile: join(outdir, 'worker.json'),
    options: {
      absWorkingDir: home,
      entryPoints: ['src/lambda/worker.ts'],
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
  return join(outdir, 'worker.mjs');
}
