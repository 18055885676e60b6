import { mkdtempSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createRuntime } from '../packages/signalbox/src/runtime/runtime.ts';
import { readScenarios } from '../packages/signalbox/src/scenarios/read-scenarios.ts';
import { plugin } from '../rehearsal/plugin.ts';
import { scenarioFields } from '../rehearsal/scenarios/scenario-fields.ts';
import { copyProject, type ProjectCopy } from './rehearsals/project-copy.ts';
import { runCli } from './rehearsals/run-cli.ts';
import { spawnRehearsal, spawnSignalbox } from './rehearsals/spawn-rehearsal.ts';
import { type StartedRehearsal, startRehearsal } from './rehearsals/start-rehearsal.ts';

const DEFINITION = 'statemachines/order-processing/definition.asl.yaml';

interface Mistake {
  readonly what: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** All that is said, one problem a line; `LINE` stands for the line of `to`. */
  readonly says: RegExp;
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'YAML that does not parse',
    file: 'template.yaml',
    from: 'Resources:\n',
    to: 'Resources: [\n',
    says: /^template\.yaml:\d+: \S/,
  },
  {
    what: 'a resource type that the rehearsal does not know',
    file: 'stacks/orders.yaml',
    from: 'Type: AWS::SNS::Topic\n',
    to: 'Type: AWS::SNS::Topik\n',
    says: /^stacks\/orders\.yaml:LINE: .*AWS::SNS::Topik: did you mean AWS::SNS::Topic/,
  },
  {
    what: 'an intrinsic function that the rehearsal does not know',
    file: 'stacks/orders.yaml',
    from: 'EventBusName: !Ref OrdersBus',
    to: 'EventBusName: !Reff OrdersBus',
    says: /^stacks\/orders\.yaml:LINE: .*!Reff/,
  },
  {
    what: 'a reference to nothing',
    file: 'stacks/orders.yaml',
    from: 'EventBusName: !Ref OrdersBus',
    to: 'EventBusName: !Ref OrderBus',
    says: /^stacks\/orders\.yaml:LINE: .*OrderBus.*OrdersBus/,
  },
  {
    what: 'a state that is not there',
    file: DEFINITION,
    from: 'StartAt: ValidateOrder',
    to: 'StartAt: ValidateOrdr',
    says: /^statemachines\/order-processing\/definition\.asl\.yaml:LINE: .*ValidateOrdr/,
  },
  {
    what: 'an integration that the rehearsal does not have',
    file: DEFINITION,
    from: 'Resource: arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    to: 'Resource: arn:aws:states:::sqs:sendMesage.waitForTaskToken',
    says: /^statemachines\/order-processing\/definition\.asl\.yaml:LINE: .*sqs:sendMesage/,
  },
  {
    what: 'a query language expression that does not parse',
    file: DEFINITION,
    from: 'Error: "{% $failure.Error %}"',
    to: 'Error: "{% $failure. %}"',
    says: /^statemachines\/order-processing\/definition\.asl\.yaml:LINE: /,
  },
  {
    what: 'a back-off that grows ever shorter',
    file: DEFINITION,
    from: 'BackoffRate: 2',
    to: 'BackoffRate: 0.5',
    says: /^statemachines\/order-processing\/definition\.asl\.yaml:LINE: .*Retry\[\d\]\.BackoffRate: Value must be at least 1/,
  },
  {
    what: 'States.ALL among other errors',
    file: DEFINITION,
    from: '[States.ALL]',
    to: '[States.ALL, States.Timeout]',
    says: /^statemachines\/order-processing\/definition\.asl\.yaml:LINE: .*'States\.ALL' must appear alone/,
  },
  {
    what: 'a state that nothing leads to',
    file: DEFINITION,
    from: '\nStates:\n',
    to: '\nStates:\n  Forgotten: { Type: Succeed }\n',
    says: /^statemachines\/order-processing\/definition\.asl\.yaml:\d+: .*"Forgotten" is not reachable/,
  },
  {
    what: 'TOML that does not parse',
    file: 'samconfig.toml',
    from: '[local.global.parameters]',
    to: '[local.global.parameters',
    says: /^samconfig\.toml:\d+: \S/,
  },
  {
    what: 'a parameter that the template does not have',
    file: 'samconfig.toml',
    from: 'PaymentTimeoutMs=',
    to: 'PaymentTimeoutSeconds=',
    says: /PaymentTimeoutSeconds/,
  },
];

describe('a project with a mistake', () => {
  let project: ProjectCopy;

  beforeAll(() => {
    project = copyProject();
  });
  afterEach(() => project.undo());
  afterAll(() => project.remove());

  test.each(MISTAKES)('is refused at its line: $what', async ({ file, from, to, says }) => {
    project.edit(file, from, to);
    const line = project.lineOf(file, to);
    const error = await createRuntime({
      plugins: [plugin],
      root: project.root,
      port: 0,
      time: 'skip',
      say: () => undefined,
    }).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ name: 'UserError', code: 'invalid' });
    const [first, ...others] = String(error).replace('UserError: ', '').split('\n');
    expect(first).toMatch(new RegExp(says.source.replace('LINE', String(line))));
    expect(others.filter((one) => /^\s+at /.test(one))).toEqual([]);
  });

  test('is told of a wait without an end at its line, once, at the start and after each change', async () => {
    const limit = '    TimeoutSeconds: "{% ${ShippingTimeoutSeconds} %}"\n';
    project.edit(DEFINITION, limit, '');
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    const runtime = await createRuntime({
      root: project.root,
      port: 0,
      time: 'skip',
      plugins: [plugin],
      say,
    });
    const warnings = (): readonly string[] => said.filter((line) => line.includes('Warning: '));
    try {
      expect(warnings()).toEqual([
        expect.stringMatching(
          /^statemachines\/order-processing\/definition\.asl\.yaml:\d+: States\.\w+: Warning: The task waits/,
        ),
      ]);
      project.edit(DEFINITION, 'Comment: >-\n', 'Comment: >-\n  Changed.\n');
      expect(await runtime.reload()).toEqual([]);
      expect(warnings()).toHaveLength(2);
    } finally {
      await runtime.close();
    }
  });

  test('has its scenarios refused by file and field', () => {
    project.edit('scenarios/orders/happy-order.json', '"title"', '"titel"');
    expect(() => readScenarios(project.root, [scenarioFields])).toThrow(
      /^scenarios\/orders\/happy-order\.json:1: title: Missing.*\n.*:3: titel: /,
    );
  });
});

describe('signalbox start', () => {
  let project: ProjectCopy;

  beforeAll(() => {
    project = copyProject();
  });
  afterAll(() => project.remove());

  test('exits with 2 and one line a problem, without a stack, on a project with mistakes', async () => {
    const mistaken = copyProject();
    mistaken.edit('stacks/orders.yaml', 'Type: AWS::SNS::Topic\n', 'Type: AWS::SNS::Topik\n');
    const run = await spawnSignalbox(mistaken.root, 'start', '--once', '--port', '0');
    mistaken.remove();
    expect(run).toMatchObject({ exitCode: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /^Starting the rehearsal\nstacks\/orders\.yaml:\d+: .*AWS::SNS::Topik.*\n/,
    );
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });

  test('shows one line for a mistake that others follow from, and all of them with --verbose', async () => {
    const mistaken = copyProject();
    mistaken.edit('template.yaml', '\nParameters:\n', '\nParameter:\n');
    const folded = await spawnSignalbox(mistaken.root, 'start', '--once', '--port', '0');
    const all = await spawnSignalbox(mistaken.root, '--verbose', 'start', '--once', '--port', '0');
    mistaken.remove();
    const cause =
      /^template\.yaml:\d+: The rehearsal knows no section Parameter: did you mean Parameters\?/;
    const [, ...lines] = folded.stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\d+ problems, .*--verbose prints all\):$/);
    expect(lines[1]).toMatch(
      new RegExp(`${cause.source} \\(and \\d+ more that follow from it\\)$`),
    );
    const allLines = all.stderr.trimEnd().split('\n');
    expect(allLines.length).toBeGreaterThan(20);
    expect(allLines.at(-1)).toMatch(new RegExp(`${cause.source}$`));
  });

  test('exits with 2 in a folder without a template', async () => {
    const empty = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-empty-')));
    const run = await spawnSignalbox(empty, 'start', '--port', '0');
    expect(run).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Starting the rehearsal\n${empty} has no template.yaml, template.yml or template.json, nor what sam build, cdk synth or sls package write, nor does a folder above: name a template or a definition with --template\n`,
    });
  });

  test('exits with 2 on a busy port, and says so', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const run = await spawnSignalbox(project.root, 'start', '--port', String(port));
    server.close();
    expect(run).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^Starting the rehearsal\\nPort ${port} is taken: .*--port N.*\\n$`),
      ),
    });
  });

  test.each([
    [['--port', 'abc'], /'abc' is invalid\. Write a port from 0 to 65535/],
    [['--port', '70000'], /'70000' is invalid\. Write a port from 0 to 65535/],
    [['--time', 'fast'], /'fast' is invalid\. Allowed choices are skip, real/],
    [['--onse'], /unknown option '--onse'\n\(Did you mean --once\?\)/],
    [['now'], /Cannot read now: no such file: name a template or a definition/],
  ])('exits with 2 after %j', async (args, says) => {
    const { exitCode, stdout, stderr } = await runCli('start', ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });

  test('serves until it is asked to end, and then exits with 0', async () => {
    const rehearsal = await spawnRehearsal(project.root, '--no-scenarios');
    const answer = await fetch(rehearsal.url);
    expect(await answer.json()).toMatchObject({ name: 'signalbox' });
    expect(await rehearsal.end('SIGINT')).toBe(0);
    await expect(fetch(rehearsal.url)).rejects.toThrow();
  });
});

describe('a request that is wrong', () => {
  let rehearsal: StartedRehearsal;

  beforeAll(async () => {
    rehearsal = await startRehearsal();
  });
  afterAll(() => rehearsal?.runtime.close());

  test.each([
    ['no JSON', 'not json'],
    ['not an order', '{"orderId": 7}'],
    ['nothing', ''],
  ])('POST /orders with %s gets 400 and every problem', async (_what, body) => {
    const apiUrl = rehearsal.stage.apiUrl('OrdersApi');
    const response = await fetch(`${apiUrl}/orders`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: authorization('execute-api') },
    });
    expect(response.status).toBe(400);
    const answer = await response.json();
    expect(answer).toHaveProperty('message');
    expect(JSON.stringify(answer)).not.toMatch(/\bat \w+ \(|node_modules/);
  });

  test.each([
    ['states', 'AWSStepFunctions.DescribeExecution', 'not json', /SerializationException/],
    ['states', 'AWSStepFunctions.DescribeExecution', '{}', /ValidationException/],
    ['states', 'AWSStepFunctions.DescribeExecutions', '{}', /UnknownOperationException/],
    ['events', 'AWSEvents.PutEvents', '{"Entries": 7}', /SerializationException/],
    ['rekognition', 'RekognitionService.DetectFaces', '{}', /no service \\"rekognition\\"/],
  ])('to %s, %s with %s gets 400', async (service, target, body, says) => {
    const response = await fetch(rehearsal.runtime.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        authorization: authorization(service),
      },
    });
    const text = await response.text();
    expect({ status: response.status, text }).toEqual({
      status: 400,
      text: expect.stringMatching(says),
    });
    expect(text).not.toMatch(/\bat \w+ \(|node_modules/);
  });

  test('leaves the rehearsal without a bug', () => {
    expect(rehearsal.said.filter((line) => line.includes('bug'))).toEqual([]);
  });
});

function authorization(service: string): string {
  const credential = `test/20260131/us-east-1/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
}
