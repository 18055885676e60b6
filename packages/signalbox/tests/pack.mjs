#!/usr/bin/env node
// Packs the tool, installs it into a SAM project outside of this repository, and runs an event through it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const PATIENCE_MS = 120_000;

const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-pack-')));
const project = join(temporary, 'hello-sam');
try {
  const { filename, files } = pack();
  checkFiles(files.map(({ path }) => path));
  cpSync(join(home, 'examples/hello-sam'), project, {
    recursive: true,
    filter: (path) => !/\.signalbox|node_modules/.test(path),
  });
  npm(
    project,
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    join(temporary, filename),
  );
  say('installed');
  playScenarios(project, 1);
  const python = join(project, 'python');
  cpSync(join(home, 'examples/python-sam'), python, { recursive: true });
  playScenarios(python, 2);
  rmSync(python, { recursive: true });
  runTests();
  await runEvent();
  checkTypes();
  runScript();
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function pack() {
  // This repository's .npmrc turns off scripts, of which `prepack` is one.
  const options = ['--ignore-scripts=false', '--json', '--pack-destination', temporary];
  const text = npm(home, 'pack', ...options);
  // The build may print before the list.
  return JSON.parse(text.slice(text.indexOf('[')))[0];
}

/** The package holds what is built, and no source of ours. */
function checkFiles(paths) {
  const known =
    /^(dist\/|(package\.json|README\.md|AGENTS\.md|CHANGELOG\.md|LICENSE|bin\/signalbox\.mjs|bin\/prepare-process\.mjs)$)/;
  assert.deepEqual(
    paths.filter((path) => !known.test(path)),
    [],
  );
  assert.deepEqual(
    paths.filter((path) => /(?<!\.d)\.ts$/.test(path)),
    [],
  );
  const needed = [
    'main.js',
    'index.js',
    'worker.mjs',
    'process-runtime.mjs',
    'bootstrap.py',
    'console/manifest.json',
  ];
  for (const path of [...needed.map((name) => `dist/${name}`), 'README.md', 'LICENSE']) {
    assert.ok(paths.includes(path), `${path} is missing`);
  }
  say(`packed ${paths.length} files`);
}

/** Plays an example's scenarios by the package's own command. */
function playScenarios(cwd, count) {
  const said = execFileSync('npx', ['signalbox', 'test'], { cwd, encoding: 'utf8' });
  assert.match(said, new RegExp(`^${count} of ${count} scenarios ended as they should$`, 'm'));
  say('played the scenarios');
}

/** Runs the example's own tests, which import the package by its name. */
function runTests() {
  execFileSync(process.execPath, ['--test'], { cwd: project, stdio: 'inherit' });
  say('its own tests pass');
}

/** Boots the example by its own command, and reads what an event came to with an unmodified SDK. */
async function runEvent() {
  const child = spawn('npx', ['signalbox', 'start', '--port', '0'], {
    cwd: join(project, 'events'),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: { ...process.env, AWS_ENDPOINT_URL: '' },
  });
  try {
    const url = await readUrl(child);
    const client = {
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    const entries = JSON.parse(readFileSync(join(project, 'events/visitor-arrived.json'), 'utf8'));
    await new EventBridgeClient(client).send(new PutEventsCommand({ Entries: entries }));
    const { status, types, output } = await readExecution(new SFNClient(client));
    assert.equal(status, 'SUCCEEDED');
    assert.equal(types.at(0), 'ExecutionStarted');
    assert.ok(types.includes('TaskSucceeded'), types.join());
    assert.equal(output, '{"greeting":"Hello, Ada!"}');
    say(`ran an event: ${status}, ${types.length} events of history`);
  } finally {
    // npx starts another process: both are one group.
    process.kill(-child.pid, 'SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function readExecution(states) {
  const stateMachineArn =
    'arn:aws:states:us-east-1:123456789012:stateMachine:hello-sam-GreetingStateMachine';
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { executions } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
    const [execution] = executions;
    if (execution !== undefined && execution.status !== 'RUNNING') {
      const { executionArn, status } = execution;
      const { events } = await states.send(new GetExecutionHistoryCommand({ executionArn }));
      const output = events.at(-1).executionSucceededEventDetails?.output;
      return { status, types: events.map(({ type }) => type), output };
    }
    assert.ok(Date.now() < until, 'No execution ended in time');
    await delay(200);
  }
}

async function readUrl(child) {
  let text = '';
  for await (const chunk of child.stderr) {
    text += chunk;
    const url = /Serving AWS at (\S+)/.exec(text)?.[1];
    if (url !== undefined) {
      child.stderr.resume();
      return url;
    }
  }
  throw new Error(`It ended before it served: ${text}`);
}

/** A consumer's TypeScript finds the types of all entry points. */
function checkTypes() {
  writeFileSync(
    join(project, 'check.mts'),
    `import { createRehearsal, type Plugin, type Rehearsal } from 'signalbox';
import { match, parse } from 'signalbox/event-patterns';
import { run, validate } from 'signalbox/states-language';
export const plugin: Plugin = { name: 'mine', open: ({ clock }) => ({ mounts: [{ prefix: '/now', handle: (_, response) => void response.end(clock.now().toISOString()) }] }) };
export const started: Promise<Rehearsal> = createRehearsal({ root: '.' });
export const found = parse({ source: ['a'] });
export const used = [match, run, validate({}).length];
// @ts-expect-error no other path is public
import 'signalbox/src/index.ts';
`,
  );
  const compilerOptions = {
    ...{ module: 'nodenext', target: 'es2023', strict: true, noEmit: true, skipLibCheck: true },
    types: ['node'],
    typeRoots: [join(home, '../../node_modules/@types')],
  };
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['check.mts'] }),
  );
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', project], {
    stdio: 'inherit',
  });
  say('types resolve');
}

/** A script of a consumer runs a rehearsal with a plug-in of the project's, which is TypeScript. */
function runScript() {
  writeFileSync(
    join(project, 'plugin.ts'),
    `import { type Plugin, UserError } from 'signalbox';
const refusal: UserError = new UserError('usage', 'refused by the plug-in');
export const plugin: Plugin = { name: 'mine', open: () => ({ mounts: [{ prefix: '/mine', handle: (_, response) => void response.end(refusal.message) }] }) };
`,
  );
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ ...manifest, signalbox: { plugins: ['./plugin.ts'] } }),
  );
  writeFileSync(
    join(project, 'check.mjs'),
    `import { createRehearsal } from 'signalbox';
const rehearsal = await createRehearsal({ root: import.meta.dirname });
console.log(await (await fetch(rehearsal.url + '/mine')).text());
await rehearsal.close();
`,
  );
  const said = execFileSync(process.execPath, ['check.mjs'], { cwd: project, encoding: 'utf8' });
  assert.equal(said, 'refused by the plug-in\n');
  say('createRehearsal() runs with a plug-in');
}

function npm(cwd, ...args) {
  return execFileSync('npm', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
