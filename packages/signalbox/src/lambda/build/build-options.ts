import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { bad, ok, type Result } from '../../core/result.ts';
import type { FunctionResource } from '../../template/app.ts';

/**
 * Turns a function's `Metadata.BuildProperties` into the options of the esbuild command that
 * `sam build` runs: `--bundle --platform=node --outdir=…`, then each property as its flag
 * (aws-lambda-builders, workflow NodejsNpmEsbuild).
 */
export function toBuildOptions(
  { logicalId, build, codeUri, place }: FunctionResource,
  root: string,
  outdir: string,
): Result<BuildOptions> {
  const directory = join(root, codeUri);
  const entryPoints: string[] = [];
  for (const entryPoint of build.entryPoints) {
    const file = findEntryPoint(directory, entryPoint);
    if (file === undefined) {
      const message = `Entry point "${entryPoint}" of ${logicalId} does not exist in CodeUri "${codeUri}": correct Metadata.BuildProperties.EntryPoints`;
      return bad({ message, ...place });
    }
    entryPoints.push(file);
  }
  if (entryPoints.length === 0) {
    const message = `${logicalId} has no entry point: list its source file in Metadata.BuildProperties.EntryPoints`;
    return bad({ message, ...place });
  }
  return ok({
    absWorkingDir: directory,
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: build.target,
    format: build.format,
    minify: build.minify,
    keepNames: build.keepNames,
    external: [...build.external],
    banner: { ...build.banner },
    outExtension: { ...build.outExtension },
    ...(build.keepsFolders && { outbase: directory }),
    ...(build.sourcemap && { sourcemap: true }),
    ...(build.mainFields.length > 0 && { mainFields: [...build.mainFields] }),
  });
}

/** SAM looks for `.ts`, then `.js`, where an entry point has no suffix. */
function findEntryPoint(directory: string, entryPoint: string): string | undefined {
  const names = /\.[^./\\]+$/.test(entryPoint)
    ? [entryPoint]
    : [`${entryPoint}.ts`, `${entryPoint}.js`];
  return names.find((name) => existsSync(join(directory, name)));
}
