import { relative, resolve } from 'node:path';
import type { Message } from 'esbuild';
import type { Problem } from '../../core/result.ts';

/**
 * Turns what esbuild refused into problems with file and line.
 * @throws What is not esbuild's refusal of the user's code.
 */
export function toProblems(failure: unknown, directory: string, root: string): Problem[] {
  if (!isBuildFailure(failure)) throw failure;
  return failure.errors.map(({ text, location }) => ({
    message: `${text}: ${adviceOn(text)}`,
    ...(location !== null && {
      file: relative(root, resolve(directory, location.file)),
      line: location.line,
    }),
  }));
}

function isBuildFailure(failure: unknown): failure is { readonly errors: readonly Message[] } {
  return failure instanceof Error && 'errors' in failure && Array.isArray(failure.errors);
}

function adviceOn(text: string): string {
  if (text.startsWith('Could not resolve "node:')) return 'correct the name of the Node.js module';
  if (/^Could not resolve "[./]/.test(text)) return 'correct the path of the import';
  if (text.startsWith('Could not resolve')) return 'install the package, or correct the import';
  if (text.startsWith('No matching export')) return 'export it there, or correct the import';
  if (text.startsWith('No loader is configured'))
    return 'import TypeScript, JavaScript, JSON or text instead';
  if (/target|flag/i.test(text)) return 'correct Metadata.BuildProperties';
  return 'correct the source';
}
