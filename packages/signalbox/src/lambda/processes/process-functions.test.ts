import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FunctionResource } from '../../template/app.ts';
import type { LambdaHost } from '../host.ts';
import { TestProject } from '../test-project.ts';
import { zipOf } from './test-zip.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const NODE: Partial<FunctionResource> = { runtime: 'nodejs20.x' };

let project: TestProject;
let host: LambdaHost;
const remarks: string[] = [];

beforeEach(() => {
  remarks.length = 0;
  project = new TestProject();
  host = project.createHost({ onRemark: (line) => remarks.push(line) });
});
afterEach(async () => {
  await host.close();
  project.remove();
});

async function invoke(name: string, event: unknown = {}) {
  const response = await host.invoke(name, encode(event), { requestId: 'request-1' });
  return { ...response, payload: JSON.parse(new TextDecoder().decode(response.payload)) };
}

describe('a Node.js function that nobody bundles', () => {
  test('runs from its own folder, as a CommonJS module', async () => {
    project.write('functions/Reads/word.txt', 'beside it');
    project.addPlain(
      'Reads',
      'app.js',
      `const { readFileSync } = require('node:fs');
exports.handler = async (event) => [event.n, readFileSync(__dirname + '/word.txt', 'utf8'), process.cwd()];`,
      NODE,
    );

    const { payload } = await invoke('Reads', { n: 1 });

    expect(payload).toEqual([1, 'beside it', join(project.root, 'functions/Reads')]);
  });

  test('is a CommonJS module though a package.json above says that it is none', async () => {
    project.write('package.json', '{"type":"module"}');
    project.addPlain('Common', 'app.js', 'exports.handler = async () => typeof module;', NODE);

    expect((await invoke('Common')).payload).toBe('object');
  });

  test('imports, as an ES module, what a layer and the runtime bring', async () => {
    project.write('layer/nodejs/node_modules/greeting/package.json', '{"main":"index.js"}');
    project.write('layer/nodejs/node_modules/greeting/index.js', 'module.exports = "hello";');
    project.addPlain(
      'Layered',
      'app.mjs',
      `import greeting from 'greeting';
import { SFNClient } from '@aws-sdk/client-sfn';
export const handler = async () => [greeting, typeof SFNClient];`,
      { ...NODE, layers: [{ arn: 'arn:aws:lambda:::layer:greeting:1', directory: 'layer' }] },
    );

    expect((await invoke('Layered')).payload).toEqual(['hello', 'function']);
  });

  test('is bundled first where its template says so, and finds its layer then', async () => {
    project.write('layer/nodejs/node_modules/greeting/index.js', 'module.exports = "hello";');
    const { build } = project.add(
      'Bundled',
      'import greeting from "greeting"; export const handler = async (): Promise<string> => greeting;',
      { layers: [{ arn: 'arn:aws:lambda:::layer:greeting:1', directory: 'layer' }] },
    );
    project.functions.push({
      ...project.functions.pop()!,
      build: { ...build, external: ['greeting'] },
    });

    expect(await host.reload()).toEqual([]);
    expect((await invoke('Bundled')).payload).toBe('hello');
  });

  // aws-lambda-nodejs-runtime-interface-client, CallbackContext.js and Runtime.js.
  test.each([
    [
      'callback',
      '(event, context, callback) => { callback(null, "done"); callback(null, 2); }',
      'done',
    ],
    [
      'a later callback',
      '(e, c, callback) => void setTimeout(() => callback(null, "later"), 5)',
      'later',
    ],
    ['context.succeed', '(event, context) => { context.succeed("yes"); }', 'yes'],
    ['nothing at all', '() => 5', null],
    [
      'a callback that waits for all that is left',
      '(e, c, callback) => { const r = []; setTimeout(() => r.push(1), 20); callback(null, r); }',
      [1],
    ],
    [
      'a callback that waits for nothing',
      '(e, c, callback) => { c.callbackWaitsForEmptyEventLoop = false; setTimeout(() => {}, 5000); callback(null, 1); }',
      1,
    ],
  ])('of Node.js 22 or less may end by %s', async (_what, handler, expected) => {
    project.addPlain('Old', 'app.js', `exports.handler = ${handler};`, NODE);

    expect((await invoke('Old')).payload).toEqual(expected);
  });

  test('of Node.js 24 may take no callback', async () => {
    project.addPlain('New', 'app.js', 'exports.handler = (e, c, callback) => callback(null, 1);', {
      runtime: 'nodejs24.x',
    });

    expect((await invoke('New')).payload.errorType).toBe('Runtime.CallbackHandlerDeprecated');
  });

  test.each([
    [
      'fails by its callback',
      'exports.handler = (e, c, callback) => callback(new TypeError("no"));',
      { errorType: 'TypeError', errorMessage: 'no' },
    ],
    [
      'throws where nobody catches it',
      'exports.handler = () => new Promise(() => setTimeout(() => { throw new RangeError("late"); }, 1));',
      { errorType: 'RangeError', errorMessage: 'late' },
    ],
    [
      'rejects what nobody awaits',
      'exports.handler = async () => { Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 1000)); };',
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
    ],
    [
      'never settles its promise',
      'exports.handler = async () => { await new Promise(() => {}); };',
      { errorType: 'Runtime.NodeJsExit' },
    ],
    [
      'requires what is not there',
      'require("no-such-package"); exports.handler = async () => 1;',
      { errorType: 'Runtime.ImportModuleError' },
    ],
    [
      'does not parse',
      'exports.handler = async () => {;',
      { errorType: 'Runtime.UserCodeSyntaxError' },
    ],
    ['exits', 'exports.handler = async () => process.exit(0);', { errorType: 'Runtime.ExitError' }],
  ])('%s under the runtime’s own name', async (_what, source, expected) => {
    project.addPlain('Fails', 'app.js', source, NODE);

    const { payload, functionError } = await invoke('Fails');

    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject(expected);
  });

  test('logs as the runtime does, and sees the time of the rehearsal', async () => {
    project.addPlain(
      'Logs',
      'app.js',
      'exports.handler = async () => { console.log("one\\ntwo"); return new Date().getFullYear(); };',
      NODE,
    );

    expect((await invoke('Logs')).payload).toBe(2026);
    expect(project.messages()[1]).toMatch(/^2026-01-05T10:.*Z\trequest-1\tINFO\tone\ntwo$/);
  });
});

describe('a function that brings its own runtime', () => {
  const BOOTSTRAP = `#!/bin/sh
while true; do
  headers=$(mktemp)
  event=$(curl -sS -D "$headers" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next")
  id=$(sed -n 's/^lambda-runtime-aws-request-id: *\\([^ \\r]*\\).*/\\1/Ip' "$headers")
  echo "handles $id" >&2
  curl -sS -o /dev/null -d "{\\"got\\":$event,\\"handler\\":\\"$_HANDLER\\"}" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$id/response"
done
`;
  const PROVIDED: Partial<FunctionResource> = { runtime: 'provided.al2023', handler: 'main' };

  function addBootstrap(text: string | Uint8Array, mode = 0o755): void {
    project.addPlain('Shell', 'README', 'its source', PROVIDED);
    const file = join(project.root, 'functions/Shell/bootstrap');
    writeFileSync(file, text);
    chmodSync(file, mode);
  }

  test('speaks the Runtime API', async () => {
    addBootstrap(BOOTSTRAP);

    const first = await invoke('Shell', { n: 1 });
    const second = await invoke('Shell', { n: 2 });

    expect(first.payload).toEqual({ got: { n: 1 }, handler: 'main' });
    expect(second.payload).toEqual({ got: { n: 2 }, handler: 'main' });
    expect(project.messages()).toContain('handles request-1');
  });

  test('is taken from what sam build made of it', async () => {
    project.addPlain('Shell', 'main.go', 'package main', PROVIDED);
    const folder = join(project.root, '.aws-sam/build/ShellFunction');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'bootstrap'), BOOTSTRAP, { mode: 0o755 });

    expect((await invoke('Shell', 1)).payload.got).toBe(1);
  });

  test('says at the start what is missing, and how to build it', async () => {
    project.addPlain('Shell', 'main.go', 'package main', PROVIDED);

    expect(await host.reload()).toEqual([
      {
        message:
          'ShellFunction has no bootstrap in functions/Shell nor in .aws-sam/build/ShellFunction: run "sam build", or build a program of that name there',
        mistake: 'not built',
        file: 'template.yaml',
        line: 12,
      },
    ]);
    expect((await invoke('Shell')).payload.errorType).toBe('Runtime.InvalidEntrypoint');
  });

  test('says for which machine a program is made', async () => {
    const machine = process.arch === 'arm64' ? 0x3e : 0xb7;
    const header = Buffer.alloc(64);
    header.writeUInt32BE(0x7f454c46, 0);
    header.writeUInt16LE(machine, 18);
    addBootstrap(header);

    const [problem] = await host.reload();

    expect(problem?.message).toContain('The bootstrap of ShellFunction is a program for linux on ');
    expect(problem?.message).toContain('go build -o bootstrap');
    expect((await invoke('Shell')).payload).toMatchObject({
      errorType: 'Runtime.InvalidEntrypoint',
      errorMessage: `template.yaml:12: ${problem?.message}`,
    });
  });

  test('says that a program may not be run, or can’t', async () => {
    addBootstrap(BOOTSTRAP, 0o644);
    expect((await host.reload())[0]?.message).toContain('may not be run: chmod +x it');

    addBootstrap('no script and no program');
    project.functions.shift();
    const { payload } = await invoke('Shell');

    expect(payload.errorType).toMatch(/^Runtime\.(InvalidEntrypoint|ExitError)$/);
    expect(payload.errorMessage).not.toContain('process-environment');
  });
});

describe('where code is', () => {
  test('inline code is index.py', async () => {
    project.addPlain('Inline', 'unused', '', {
      handler: 'index.handler',
      code: { kind: 'inline', text: 'def handler(event, context):\n  return __file__\n' },
      codeUri: '.',
    });

    expect((await invoke('Inline')).payload).toMatch(/\/index\.py$/);
  });

  test('inline code is index.js, a CommonJS module', async () => {
    project.write('package.json', '{"type":"module"}');
    project.addPlain('Inline', 'unused', '', {
      ...NODE,
      handler: 'index.handler',
      code: { kind: 'inline', text: 'exports.handler = async () => 7;' },
      codeUri: '.',
    });

    expect((await invoke('Inline')).payload).toBe(7);
  });

  test('an archive is unpacked, with the permissions of its files', async () => {
    project.addPlain('Zipped', 'unused', '', {
      handler: 'src/app.handler',
      code: { kind: 'archive', file: 'code.zip' },
      codeUri: '.',
    });
    writeFileSync(
      join(project.root, 'code.zip'),
      zipOf([
        {
          name: 'src/app.py',
          text: 'import os\ndef handler(event, context):\n  return os.access(os.path.join(os.environ["LAMBDA_TASK_ROOT"], "tool"), os.X_OK)\n',
        },
        { name: 'tool', text: '#!/bin/sh\n', mode: 0o755 },
      ]),
    );

    expect((await invoke('Zipped')).payload).toBe(true);
  });

  test('what is no archive, or leads out of its folder, is refused', async () => {
    project.addPlain('Zipped', 'unused', '', { code: { kind: 'archive', file: 'code.zip' } });
    project.write('code.zip', 'no archive');
    const [first] = await host.reload();
    writeFileSync(join(project.root, 'code.zip'), zipOf([{ name: '../out.py', text: 'x' }]));
    const [second] = await host.reload();

    const where = "The code of ZippedFunction can't be unpacked from code.zip: ";
    expect(first?.message).toContain(where);
    expect(second?.message).toContain(where);
    expect(existsSync(join(project.root, '.signalbox/code/out.py'))).toBe(false);
  });

  test('a Python layer, and what sam build installed, are importable', async () => {
    project.write('layer/python/shared.py', 'word = "layer"');
    project.write('.aws-sam/build/LayeredFunction/required.py', 'word = "built"');
    project.addPlain(
      'Layered',
      'app.py',
      'import required, shared\ndef handler(event, context):\n  return [shared.word, required.word]\n',
      { layers: [{ arn: 'arn:aws:lambda:::layer:shared:1', directory: 'layer' }] },
    );

    expect((await invoke('Layered')).payload).toEqual(['layer', 'built']);
  });

  test('a virtual environment of the project runs its functions', async () => {
    const venv = join(project.root, '.venv');
    const { execFileSync } = await import('node:child_process');
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
    }).trim();
    mkdirSync(join(venv, 'bin'), { recursive: true });
    symlinkSync(python, join(venv, 'bin/python'));
    writeFileSync(join(venv, 'pyvenv.cfg'), `home = ${join(python, '..')}\n`);
    project.addPlain(
      'Venv',
      'app.py',
      'import sys\ndef handler(event, context):\n  return sys.prefix\n',
    );

    expect((await invoke('Venv')).payload).toBe(venv);
  });

  test('a change of the code is taken by the next invocation', async () => {
    project.addPlain(
      'Changes',
      'app.py',
      'import other\ndef handler(e, c):\n  return other.word\n',
    );
    project.write('functions/Changes/other.py', 'word = "before"');
    expect((await invoke('Changes')).payload).toBe('before');

    project.write('functions/Changes/other.py', 'word = "after, which is longer"');
    await host.reload();

    expect((await invoke('Changes')).payload).toBe('after, which is longer');
  });
});

describe('what is wrong before anybody calls', () => {
  test('a handler without its file', async () => {
    project.addPlain('Gone', 'other.py', '');

    expect(await host.reload()).toEqual([
      {
        message:
          'Handler "app.handler" of GoneFunction names no file: there is no functions/Gone/app.py, functions/Gone/app',
        file: 'template.yaml',
        line: 12,
      },
    ]);
  });

  test('a Python syntax error, with its file and line', async () => {
    project.addPlain('Broken', 'app.py', '\n\ndef handler(event, context):\n  return (\n');

    expect(await host.reload()).toEqual([
      {
        message: expect.stringMatching(/^Python does not parse it: /),
        file: 'functions/Broken/app.py',
        line: 4,
      },
    ]);
  });

  test('packages that a Python handler imports and that are not installed', async () => {
    project.write('layer/python/shared.py', '');
    project.addPlain(
      'Imports',
      'app.py',
      `import json, os.path, beside, shared
import no_such_package.inner
from another_package import thing
from . import never
try:
    import optional_package
except ImportError:
    optional_package = None
def handler(event, context):
    import later_package
`,
      { layers: [{ arn: 'arn:aws:lambda:::layer:shared:1', directory: 'layer' }] },
    );
    project.write('functions/Imports/beside.py', '');

    expect(await host.reload()).toEqual(
      [
        ['no_such_package', 2],
        ['another_package', 3],
      ].map(([name, line]) => ({
        mistake: `There is no module ${name}`,
        message: `There is no module ${name}: install what ImportsFunction requires into .venv of the project (python3 -m venv .venv, .venv/bin/pip install …), or run "sam build"`,
        file: 'functions/Imports/app.py',
        line,
      })),
    );
  });

  test('a runtime that is not here is named once, with its functions', async () => {
    for (const name of ['B', 'A']) project.addPlain(name, 'app.rb', '', { runtime: 'ruby3.4' });

    await host.reload();
    await host.reload();

    expect(remarks).toEqual([
      "The rehearsal has no runtime for ruby3.4: AFunction, BFunction can't run here; mock the tasks that call them with --mocks",
    ]);
    await expect(invoke('A')).rejects.toMatchObject({
      name: 'InvalidRuntimeException',
      message: "A can't run here: The rehearsal has no runtime for ruby3.4",
    });
  });

  test('code that is not on this machine is named', async () => {
    project.addPlain('Far', 'x', '', {
      code: { kind: 'absent', reason: 'Its code is s3://bucket/key' },
    });

    await expect(invoke('Far')).rejects.toMatchObject({
      message: "Far can't run here: Its code is s3://bucket/key",
    });
  });
});
