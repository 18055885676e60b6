import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { main } from '../src/cli/main.ts';
import { createProject, type ProjectFiles } from '../src/template/temporary-project.ts';

const home = process.cwd();

afterEach(() => process.chdir(home));

/** Runs `signalbox start --once` in a project; returns the exit code and all that is printed. */
async function startOnce(
  root: string,
): Promise<{ readonly exitCode: number; readonly text: string }> {
  process.chdir(root);
  const printed: string[] = [];
  const sink = { write: (text: string) => printed.push(text) > 0, isTTY: false };
  const argv = ['node', 'signalbox', 'start', '--once', '--port', '0'];
  const exitCode = await main(argv, { stdout: sink, stderr: sink }, async () => []);
  return { exitCode, text: printed.join('') };
}

const functionOf = (runtime: string, handler = 'app.handler'): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: { Runtime: ${runtime}, Handler: ${handler}, CodeUri: src/ }
`;

const BAD: readonly (readonly [what: string, files: ProjectFiles, message: RegExp])[] = [
  [
    'no template',
    { 'template.yaml': 'hello: world\n' },
    /^template\.yaml:1: A template needs a Resources section$/m,
  ],
  ['no YAML', { 'template.yaml': 'a: b: c\n' }, /^template\.yaml:1: Nested mappings/m],
  [
    'nothing in it',
    { 'template.yaml': '' },
    /^template\.yaml:1: A template is a map with a Resources section$/m,
  ],
  [
    'a placeholder of cookiecutter',
    { 'template.yaml': 'Resources:\n  {{ cookiecutter.name }}:\n    Type: AWS::SNS::Topic\n' },
    /^template\.yaml:2: This is a placeholder of cookiecutter: make a project of it with "sam init --location"/m,
  ],
  [
    'a handler that is not there',
    { 'template.yaml': functionOf('python3.12'), 'src/other.py': '' },
    /^template\.yaml:6: .*Handler app\.handler names no file in src: there is no app\.py/m,
  ],
  [
    'an error of syntax in Python',
    {
      'template.yaml': functionOf('python3.12'),
      'src/app.py': 'import json\n\ndef handler(event, context)\n',
    },
    /^src\/app\.py:3: Python does not parse it: /m,
  ],
  [
    'an error of syntax in a script',
    {
      'template.yaml': functionOf('nodejs20.x'),
      'src/app.js': 'exports.handler = () => {\n  return {;\n};\n',
    },
    /^src\/app\.js:2: Node\.js does not parse it: Unexpected token ';'$/m,
  ],
  [
    'an error of syntax in a module',
    {
      'template.yaml': functionOf('nodejs20.x'),
      'src/app.mjs': 'import "node:fs";\nexport const handler = ;\n',
    },
    /^src\/app\.mjs:2: Node\.js does not parse it: Unexpected token ';'$/m,
  ],
  [
    'an error of syntax in TypeScript',
    {
      'template.yaml': functionOf('nodejs20.x'),
      'src/app.ts': 'export const handler = (: string) => 1;\n',
    },
    /^src\/app\.ts:1: Unexpected ":": correct the source$/m,
  ],
  [
    'names in a circle',
    {
      'template.yaml':
        'Resources:\n  A: { Type: AWS::SNS::Topic, Properties: { TopicName: !Ref A } }\n',
    },
    /^template\.yaml:2: Circular dependency between the names of resources: A$/m,
  ],
  [
    'a definition that is not there',
    {
      'template.yaml':
        'Transform: AWS::Serverless-2016-10-31\nResources:\n  M: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: gone.asl.json } }\n',
    },
    /^template\.yaml:3: gone\.asl\.json cannot be read: there is no such file$/m,
  ],
];

test.each(BAD)('%s: file, line and what to do, and exit code 2', async (_what, files, message) => {
  const { exitCode, text } = await startOnce(createProject(files));

  expect(text).toMatch(message);
  expect(text).not.toMatch(/^\s+at /m);
  expect(exitCode).toBe(2);
});

test('a program for another machine: place and what to do, and exit code 2', async () => {
  const template = functionOf('provided.al2023', 'bootstrap');
  const root = createProject({ 'template.yaml': template, 'src/README': '' });
  // The head of a program for Linux on IBM Z.
  const program = Buffer.alloc(64);
  program.set([0x7f, 0x45, 0x4c, 0x46, 2, 2, 1]);
  program.writeUInt16BE(2, 16);
  program.writeUInt16BE(22, 18);
  const file = join(root, 'src/bootstrap');
  writeFileSync(file, program);
  chmodSync(file, 0o755);

  const { exitCode, text } = await startOnce(root);

  expect(text).toMatch(
    /^template\.yaml:4: The bootstrap of F is a program for .*: build it for this one/m,
  );
  expect(exitCode).toBe(2);
});

test('what is right ends with 0, also where a library is missing or a module is none by its name', async () => {
  const python = {
    'template.yaml': functionOf('python3.12'),
    'src/app.py': 'import no_such_library\n',
  };
  const missing = await startOnce(createProject(python));
  expect(missing.text).toContain('There is no module no_such_library');
  expect(missing.exitCode).toBe(0);
  const source =
    '#!/usr/bin/env node\nimport fs from "node:fs";\nexport const handler = () => fs;\n';
  const module = await startOnce(
    createProject({
      'template.yaml': functionOf('nodejs22.x'),
      'src/app.js': source,
      'package.json': '{"type":"module"}',
    }),
  );
  expect(module).toMatchObject({ exitCode: 0 });
  expect(module.text).not.toContain('does not parse');
});
