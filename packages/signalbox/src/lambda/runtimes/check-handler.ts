import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Problem } from '../../core/result.ts';
import { handlerModule } from '../handler-name.ts';
import type { Command, CommandRequest } from './command.ts';
import { languageOf } from './command-of.ts';
import { askProgram } from './find-program.ts';

/** Prints for each file that does not parse one line of JSON. */
const PARSE = `
import json, sys
for file in sys.argv[1:]:
    try:
        compile(open(file, "rb").read(), file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        print(json.dumps({"line": getattr(error, "lineno", None), "message": getattr(error, "msg", str(error))}))
`;

/**
 * Finds what is wrong with a handler before anybody calls it: that its file is not there, or does not parse.
 * AWS deploys both, and then fails each invocation.
 */
export async function checkHandler(request: CommandRequest, command: Command): Promise<Problem[]> {
  const candidates = handlerFiles(request);
  if (candidates.length === 0) return [];
  const { resource, root } = request;
  const found = candidates.find(existsSync);
  if (found === undefined) {
    const names = [...new Set(candidates.map((file) => relative(root, file)))]
      .slice(0, 4)
      .join(', ');
    const message = `Handler "${resource.handler}" of ${resource.logicalId} names no file: there is no ${names}`;
    return [{ message, ...resource.place }];
  }
  return languageOf(resource) === 'python' ? await parsePython(found, command, root) : [];
}

/** The files that a handler's module may be, in the order of its runtime; none where that is not known. */
function handlerFiles({ resource, code }: CommandRequest): readonly string[] {
  const { handler } = resource;
  switch (languageOf(resource)) {
    case 'nodejs': {
      const module = join(code.directory, handlerModule(handler));
      return ['.js', '.mjs', '.cjs', '/index.js', ''].map((suffix) => `${module}${suffix}`);
    }
    case 'python': {
      const module = handler.slice(0, handler.lastIndexOf('.')).replaceAll('.', '/');
      const folders = [code.directory, ...code.layers.map((layer) => join(layer, 'python'))];
      return folders.flatMap((folder) => [join(folder, `${module}.py`), join(folder, module)]);
    }
    default:
      return [];
  }
}

async function parsePython(file: string, command: Command, root: string): Promise<Problem[]> {
  if (!file.endsWith('.py')) return [];
  const text = (await askProgram(command.file, ['-I', '-c', PARSE, file]))?.trim() ?? '';
  if (text === '') return [];
  const { line, message }: Record<string, unknown> = JSON.parse(text);
  const where = { file: relative(root, file), ...(typeof line === 'number' && { line }) };
  return [{ message: `Python does not parse it: ${String(message)}`, ...where }];
}
