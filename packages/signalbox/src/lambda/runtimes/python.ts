import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { generatedDirectory } from '../../project/generated-directory.ts';
import { toolFile } from '../tool-file.ts';
import type { CommandFinding, CommandRequest } from './command.ts';
import { askProgram, findProgram, isProgram } from './find-program.ts';

/** An interpreter of Python on this machine. */
interface Interpreter {
  /** The program itself, not a shim that stands for it. */
  readonly file: string;
  /** Such as `3.12`. */
  readonly version: string;
  /** Where `pip install --user` puts packages. */
  readonly userBase: string;
}

const ASK =
  'import json, site, sys; print(json.dumps({"file": sys.executable, "version": "%d.%d" % sys.version_info[:2], "userBase": site.getuserbase()}))';

const VENVS = ['.venv', 'venv', 'env'];

const asked = new Map<string, Promise<Interpreter | undefined>>();

/**
 * Finds out how to run a Python function: with a virtual environment of its folder or of the project, because what
 * it requires is installed there, else with the Python of its runtime's version, else with any Python 3.
 */
export async function pythonCommand(request: CommandRequest): Promise<CommandFinding> {
  const { resource, root } = request;
  const interpreter = await findInterpreter(request);
  if (interpreter === undefined) {
    return { kind: 'missing', what: 'Python 3 is not installed: put python3 on the PATH' };
  }
  const { file, version, userBase } = interpreter;
  const command = {
    file,
    args: [toolFile('src/lambda/python/bootstrap.py', 'bootstrap.py')],
    environment: {
      PYTHONPATH: pythonPath(request, version),
      // The code's folder stays as it is: on AWS nothing can be written there either.
      PYTHONPYCACHEPREFIX: join(generatedDirectory(root), 'pycache'),
      PYTHONUSERBASE: userBase,
      PYTHONUTF8: '1',
    },
  };
  const wanted = resource.runtime.slice('python'.length);
  const remark = `Functions of ${resource.runtime} run on Python ${version}: there is no python${wanted} on the PATH, nor a virtual environment of it`;
  return { kind: 'command', command, ...(wanted === version ? {} : { remark }) };
}

/** Finds the Python that a function runs on; undefined where there is none. */
export async function findInterpreter({
  resource,
  code,
  root,
}: CommandRequest): Promise<Interpreter | undefined> {
  const active = process.env['VIRTUAL_ENV'];
  const folders = [code.directory, root];
  const venvs = folders.flatMap((folder) => VENVS.map((name) => join(folder, name)));
  const candidates = [
    ...[...venvs, ...(active === undefined ? [] : [active])]
      .filter((venv) => existsSync(join(venv, 'pyvenv.cfg')))
      .map((venv) => join(venv, 'bin', 'python')),
    ...[resource.runtime, 'python3', 'python'].flatMap((name) => findProgram(name) ?? []),
  ];
  for (const candidate of candidates.filter(isProgram)) {
    const interpreter = await ask(candidate);
    if (interpreter?.version.startsWith('3.')) return interpreter;
  }
  return undefined;
}

/** Asks a candidate what it is, once: a shim may stand for a version that is not installed. */
function ask(candidate: string): Promise<Interpreter | undefined> {
  const known = asked.get(candidate);
  if (known !== undefined) return known;
  const answer = askProgram(candidate, ['-c', ASK]).then(toInterpreter);
  asked.set(candidate, answer);
  return answer;
}

function toInterpreter(text: string | undefined): Interpreter | undefined {
  if (text === undefined) return undefined;
  const { file, version, userBase }: Record<string, unknown> = JSON.parse(text);
  return { file: String(file), version: String(version), userBase: String(userBase) };
}

/** AWS: behind the task root come the layers, the last laid over the others; then what the function itself says. */
function pythonPath({ resource, code }: CommandRequest, version: string): string {
  const layers = [...code.layers].reverse();
  return [
    ...layers.flatMap((layer) => [
      join(layer, 'python', 'lib', `python${version}`, 'site-packages'),
      join(layer, 'python'),
    ]),
    // What `sam build` installed for the function, though its source runs.
    ...(code.builtDirectory === undefined ? [] : [code.builtDirectory]),
    ...(resource.environment['PYTHONPATH'] ?? '')
      .split(delimiter)
      .map((path) => inLayers(path, layers)),
  ]
    .filter((path) => path !== '')
    .join(delimiter);
}

/** A path in `/opt` is in the layer that has it. */
function inLayers(path: string, layers: readonly string[]): string {
  if (!path.startsWith('/opt/')) return path;
  const found = layers.map((layer) => join(layer, path.slice('/opt'.length))).find(existsSync);
  return found ?? path;
}
