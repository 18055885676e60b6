import { cpSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Plugin, type Rehearsal, UserError } from 'signalbox';

let rehearsal: Rehearsal | undefined;
afterEach(() => rehearsal?.close());

function createProject(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'my shop.')));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

function helloSam(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-hello-')));
  cpSync('packages/signalbox/examples/hello-sam', root, { recursive: true });
  return root;
}

async function historyOf({ client, physicalId }: Rehearsal): Promise<readonly HistoryEvent[]> {
  const states = new SFNClient(client);
  const stateMachineArn = physicalId('GreetingStateMachine');
  const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
  const executionArn = executions[0]?.executionArn;
  const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn }));
  return events;
}

async function invoke({ client, physicalId }: Rehearsal, logicalId: string) {
  const lambda = new LambdaClient(client);
  const FunctionName = physicalId(logicalId);
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"n":2}' }));
  const payload: unknown = JSON.parse(new TextDecoder().decode(Payload));
  return payload;
}

const VISITOR = { Source: 'hello.door', DetailType: 'VisitorArrived', Detail: '{"name":"Ada"}' };

describe('createRehearsal()', () => {
  test('runs an event through the example, without samconfig.toml, seeds or scenarios', async () => {
    rehearsal = await createRehearsal({ root: helloSam() });

    const ids = await rehearsal.putEvents([VISITOR]);
    await rehearsal.settled();

    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    const history = await historyOf(rehearsal);
    expect(history.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(history.at(-1)?.executionSucceededEventDetails?.output).toBe(
      '{"greeting":"Hello, Ada!"}',
    );
  });

  test('refuses an entry as PutEvents does, and a resource that is not there', async () => {
    const started = await createRehearsal({ root: helloSam() });
    rehearsal = started;
    await expect(started.putEvents([{ ...VISITOR, Detail: '{' }])).rejects.toThrow(
      expect.objectContaining({ name: 'MalformedDetail' }),
    );
    expect(() => started.physicalId('Nobody')).toThrow(
      new UserError('not-found', 'The template has no resource Nobody'),
    );
  });

  test('opens plug-ins: their mounts respond, and they see the template and its secrets', async () => {
    const plugin: Plugin = {
      name: 'clock',
      open: ({ app, secretText, region }) => ({
        mounts: [
          {
            prefix: '/clock',
            handle: (_request, response) =>
              void response.end(`${app().stackName} ${region} ${secretText('None')}`),
          },
        ],
      }),
    };
    rehearsal = await createRehearsal({ root: helloSam(), plugins: [plugin] });

    const response = await fetch(`${rehearsal.url}/clock`);
    expect(await response.text()).toMatch(/^signalbox-hello-\w+ us-east-1 undefined$/);
  });
});

const FUNCTIONS = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Factor: { Type: Number, Default: 2 }
Globals:
  Function: { Runtime: nodejs24.x, Environment: { Variables: { FACTOR: !Ref Factor } } }
Resources:
  Plain: { Type: AWS::Serverless::Function, Properties: { CodeUri: plain, Handler: app.handler } }
  Module: { Type: AWS::Serverless::Function, Properties: { CodeUri: module/, Handler: src/app.handler } }
  Typed: { Type: AWS::Serverless::Function, Properties: { CodeUri: typed, Handler: app.handler } }
  Snake:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: snake, Handler: app.handler, Runtime: python3.13 }
  Gem: { Type: AWS::Serverless::Function, Properties: { CodeUri: gem, Handler: app.handler, Runtime: ruby3.4 } }
`;
const FILES = {
  'app/template.yml': FUNCTIONS,
  'app/plain/app.js':
    "const { times } = require('./times');\nexports.handler = async ({ n }) => times(n);\n",
  'app/plain/times.js': 'exports.times = (n) => n * process.env.FACTOR;\n',
  'app/module/package.json': '{ "type": "module" }',
  'app/module/src/app.js':
    "import { basename } from 'node:path';\nexport const handler = async () => basename('a/b');\n",
  'app/typed/app.ts':
    'export const handler = async ({ n }: { readonly n: number }): Promise<number> => n + 1;\n',
  'app/snake/app.py': 'def handler(event, context):\n    return 1\n',
  'app/gem/app.rb': 'def handler(event:, context:) = 1\n',
};

describe('a project of functions that say nothing of their build', () => {
  test('runs JavaScript of both kinds, TypeScript and Python, and refuses what nothing here runs', async () => {
    const root = createProject(FILES);
    rehearsal = await createRehearsal({
      root,
      template: 'app/template.yml',
      parameters: { Factor: '5' },
    });

    expect(await invoke(rehearsal, 'Plain')).toBe(10);
    expect(await invoke(rehearsal, 'Module')).toBe('b');
    expect(await invoke(rehearsal, 'Typed')).toBe(3);
    expect(rehearsal.app().stackName).toMatch(/^my-shop-/);
    expect(await invoke(rehearsal, 'Snake')).toBe(1);
    await expect(invoke(rehearsal, 'Gem')).rejects.toThrow(
      expect.objectContaining({
        name: 'InvalidRuntimeException',
        message: expect.stringMatching(
          /^my-shop-\S+-Gem can't run here: The rehearsal has no runtime for ruby3\.4$/,
        ),
      }),
    );
  });

  test('says which files a handler may be in', async () => {
    const { 'app/plain/app.js': _, ...files } = FILES;
    await expect(
      createRehearsal({ root: createProject(files), template: 'app/template.yml' }),
    ).rejects.toThrow(
      /^app\/template\.yml:7: .* Handler app\.handler names no file in app\/plain: there is no app\.mjs, app\.js, app\.cjs, app\.mts, app\.ts, app\.cts$/,
    );
  });
});
