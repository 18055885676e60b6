import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Problem } from '../../core/result.ts';
import { handlerModule } from '../handler-name.ts';
import { checkJavascript } from './check-javascript.ts';
import type { Command, CommandRequest } from './command.ts';
import { languageOf } from './command-of.ts';
import { askProgram } from './find-program.ts';

/**
 * Prints for each thing wrong with a file one line of JSON: that it does not parse, or a package that it imports
 * first of all and that is not there. Imports inside of `try` and of functions may be missing on purpose.
 */
const CHECK = `
import ast, importlib.util, json, sys
folder, file = sys.argv[1:]
sys.path[0] = folder
def say(line, message):
    print(json.dumps({"line": line, "message": message}))
def is_there(name):
    try:
        return name in sys.builtin_module_names or importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
try:
    with open(file, "rb") as source:
        tree = ast.parse(source.read(), file)
except (SyntaxError, ValueError) as error:
    say(getattr(error, "lineno", None), "Python does not parse it: " + (getattr(error, "msg", None) or str(error)))
else:
    for node in tree.body:
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        for name in dict.fromkeys(name.split(".")[0] for name in names):
            if not is_there(name):
                say(node.lineno, "There is no module " + name)
`;

/**
 * Finds what is wrong with a handler before anybody calls it: that its file is not there, does not parse, or imports
 * what is not installed. AWS deploys all of them, and then fails each invocation.
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
  if (languageOf(resource) === 'python') return await checkPython(found, request, command);
  return /\.[mc]?js$/.test(found) ? await checkJavascript(found, root) : [];
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

async function checkPython(
  file: string,
  { resource, code, root }: CommandRequest,
  command: Command,
): Promise<Problem[]> {
  if (!file.endsWith('.py')) return [];
  const args = ['-c', CHECK, code.directory, file];
  const output = await askProgram(command.file, args, command.environment);
  const lines = (output ?? '').split('\n').filter((line) => line !== '');
  return lines.map((said) => {
    const { line, message }: Record<string, unknown> = JSON.parse(said);
    const where = { file: relative(root, file), ...(typeof line === 'number' && { line }) };
    const text = String(message);
    // One library that is not installed is one mistake, however many functions import it.
    const mistake = moduleIn(text) === undefined ? {} : { mistake: text };
    return { message: `${text}${adviceOn(text, resource.logicalId)}`, ...mistake, ...where };
  });
}

function moduleIn(message: string): string | undefined {
  return /^There is no module (.+)$/.exec(message)?.[1];
}

function adviceOn(message: string, logicalId: string): string {
  const module = moduleIn(message);
  if (module === undefined) return '';
  const isOfRuntime = module === 'boto3' || module === 'botocore';
  const what = isOfRuntime
    ? `${module}, which AWS's runtime brings,`
    : `what ${logicalId} requires`;
  return `: install ${what} into .venv of the project (python3 -m venv .venv, .venv/bin/pip install …), or run "sam build"`;
}
