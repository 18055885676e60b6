import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal } from 'signalbox';

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Greet:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src/, Handler: app.handler, Runtime: nodejs24.x }
`;
const SNAKE = `  Snake:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: snake/, Handler: app.handler, Runtime: python3.13 }
`;
const FILES = {
  'template.yaml': TEMPLATE,
  'package.json':
    '{ "signalbox": { "simulatedResources": "around/estate.json", "seeds": ["around/seed.json"] } }',
  'src/app.ts':
    "import { greeting } from '../lib/greeting.ts';\nexport const handler = async () => greeting;\n",
  'lib/greeting.ts': "export const greeting = 'hello';\n",
  'snake/app.py': 'import words\ndef handler(event, context):\n    return words.greeting\n',
  'snake/words.py': "greeting = 'hiss'\n",
  'around/estate.json': '{}',
  'around/seed.json': '{}',
};
const TAKEN = 'Read again: the next event sees the change';

let root: string;
let rehearsal: Rehearsal;
let hear: (line: string) => void = () => undefined;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

beforeEach(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-watched-')));
  for (const [file, text] of Object.entries(FILES)) write(file, text);
  rehearsal = await createRehearsal({
    root,
    onRemark(line) {
      // Which version of Python a machine has is no concern of these tests.
      if (!line.startsWith('Functions of python')) hear(line);
    },
  });
  expect(await greet()).toBe('hello');
});
afterEach(async () => {
  hear = () => undefined;
  await rehearsal.close();
  rmSync(root, { recursive: true });
});

async function greet(logicalId = 'Greet'): Promise<unknown> {
  const lambda = new LambdaClient(rehearsal.client);
  const FunctionName = rehearsal.physicalId(logicalId);
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  return JSON.parse(new TextDecoder().decode(Payload));
}

/** Makes a change; returns the first line that the rehearsal says after it, and the time that it took. */
async function changing(change: () => void): Promise<{ line: string; tookMs: number }> {
  const startedAt = performance.now();
  const said = new Promise<string>((resolve) => {
    hear = resolve;
  });
  change();
  return { line: await said, tookMs: performance.now() - startedAt };
}

describe('a change while a rehearsal runs', () => {
  test('of a handler in its CodeUri folder is in the next event, within a second', async () => {
    const { line, tookMs } = await changing(() =>
      write('src/app.ts', "export const handler = async () => 'good day';\n"),
    );
    expect(line).toBe(TAKEN);
    expect(tookMs).toBeLessThan(1_000);
    expect(await greet()).toBe('good day');
  });

  test('of a module that a Python function imports is in the next event', async () => {
    await changing(() => write('template.yaml', `${TEMPLATE}${SNAKE}`));
    expect(await greet('Snake')).toBe('hiss');
    const { line } = await changing(() => write('snake/words.py', "greeting = 'good day, hiss'\n"));
    expect(line).toBe(TAKEN);
    expect(await greet('Snake')).toBe('good day, hiss');
  });

  test('of a file outside the folder, which the handler imports, is in the next event', async () => {
    const { line } = await changing(() =>
      write('lib/greeting.ts', "export const greeting = 'good evening';\n"),
    );
    expect(line).toBe(TAKEN);
    expect(await greet()).toBe('good evening');
  });

  test.each([
    ['around/estate.json', 'around/estate.json has changed: "signalbox resources reset" takes it'],
    ['around/seed.json', 'around/seed.json has changed: the next start takes it'],
  ])('of %s is named with what takes it', async (file, line) => {
    expect((await changing(() => write(file, '{ }'))).line).toBe(line);
  });

  test('of what package.json says to the tool is taken by the next start', async () => {
    const said: string[] = [];
    await new Promise<void>((resolve) => {
      hear = (line) => {
        said.push(line);
        // A file that the app may depend on: it is read again as well.
        if (line === TAKEN) resolve();
      };
      write('package.json', '{ "signalbox": {} }');
    });
    expect(said).toEqual([
      'package.json has changed under signalbox: the next start takes it',
      TAKEN,
    ]);
  });
});
