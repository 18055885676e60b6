import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { invalid } from '../core/user-error.ts';
import { createStampOf } from './file-stamps.ts';
import { createIncrementalBuild } from './incremental-build.ts';

/**
 * Builds the code that runs in each worker into `.signalbox/worker/`, since Node.js 20 starts no
 * worker from TypeScript, and answers its file.
 */
export async function buildWorkerCode(root: string): Promise<string> {
  // Not relative to this file: the command line runs from a bundle.
  const home = dirname(createRequire(import.meta.url).resolve('signalbox/package.json'));
  const outdir = join(root, '.signalbox', 'worker');
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
