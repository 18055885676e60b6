import { cpSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateStateMachineCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal } from 'signalbox';

const TABLE = JSON.stringify({
  TableName: 'odd',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0';

const ROLE = 'arn:aws:iam::123456789012:role/odd';

let rehearsal: Rehearsal;
let states: SFNClient;
const remarks: string[] = [];

beforeAll(async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-odd-')));
  cpSync('packages/signalbox/examples/hello-sam', root, { recursive: true });
  rehearsal = await createRehearsal({ root, onRemark: (line) => remarks.push(line) });
  states = new SFNClient({ ...rehearsal.client, disableHostPrefix: true });
});
afterAll(() => rehearsal.close());

/** Arrays within one another. */
function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

async function post(service: string, target: string, body: string) {
  const headers = {
    authorization: AUTHORIZATION.replace('sqs', service),
    'x-amz-target': target,
    'content-type': 'application/x-amz-json-1.0',
  };
  const response = await fetch(rehearsal.url, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

/** A workflow whose one state has this output. */
function outputOf(Output: string) {
  const Odd = { Type: 'Pass', Output, End: true };
  return { QueryLanguage: 'JSONata', StartAt: 'Odd', States: { Odd } };
}

function choiceOf(depth: number): string {
  const rule = `${'{"And":['.repeat(depth)}{"Variable":"$.a","IsNull":true}${']}'.repeat(depth)}`;
  return `{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[${rule}],"Default":"A"}}}`;
}

async function runOnce(definition: object, input: string) {
  const name = `odd-${Math.random().toString(36).slice(2)}`;
  const { stateMachineArn } = await states.send(
    new CreateStateMachineCommand({
      name,
      type: 'EXPRESS',
      roleArn: ROLE,
      definition: JSON.stringify(definition),
    }),
  );
  return states.send(new StartSyncExecutionCommand({ stateMachineArn, input }));
}

describe('a rehearsal', () => {
  test.each([1001, 4000, 100_000])('refuses JSON of %i levels at every door', async (depth) => {
    const stateMachineArn = rehearsal.physicalId('GreetingStateMachine');
    const started = states.send(
      new StartExecutionCommand({ stateMachineArn, input: nested(depth) }),
    );
    await expect(started).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
    const made = states.send(
      new CreateStateMachineCommand({ name: 'deep', roleArn: ROLE, definition: nested(depth) }),
    );
    await expect(made).rejects.toMatchObject({ name: 'InvalidDefinition' });
    const entry = { Source: 'hello.door', DetailType: 'VisitorArrived' };
    const events = new EventBridgeClient(rehearsal.client);
    const Detail = `{"name":${nested(depth)}}`;
    const put = await events.send(new PutEventsCommand({ Entries: [{ ...entry, Detail }] }));
    expect(put.Entries).toMatchObject([{ ErrorCode: 'MalformedDetail' }]);
    await expect(post('sqs', 'AmazonSQS.ListQueues', nested(depth))).resolves.toMatchObject({
      status: 400,
    });
  });

  test('runs an event that is as deep as EventBridge takes it', async () => {
    const Detail = `{"name":${nested(999)}}`;
    await rehearsal.putEvents([{ Source: 'hello.door', DetailType: 'VisitorArrived', Detail }]);
    await rehearsal.settled();
    const { stateMachines } = await states.send(new ListStateMachinesCommand({}));
    expect(stateMachines).not.toEqual([]);
    expect(remarks.filter((line) => line.includes('bug'))).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'keeps attributes, members and fields of the name %s',
    async (name) => {
      const odd = (value: string) => `{"id":{"S":"a"},"${name}":${value}}`;
      await post('dynamodb', 'DynamoDB_20120810.CreateTable', TABLE);
      const put = `{"TableName":"odd","Item":${odd('{"M":{"toString":{"S":"x"},"__proto__":{"N":"1"}}}')}}`;
      await post('dynamodb', 'DynamoDB_20120810.PutItem', put);
      const get = '{"TableName":"odd","Key":{"id":{"S":"a"}}}';
      const { text } = await post('dynamodb', 'DynamoDB_20120810.GetItem', get);
      expect(text).toContain(`"${name}":{"M":{"toString":{"S":"x"},"__proto__":{"N":"1"}}}`);

      const definition = {
        QueryLanguage: 'JSONata',
        StartAt: 'Copy',
        States: {
          Copy: { Type: 'Pass', Output: '{% $merge([$states.input, {"x": 1}]) %}', End: true },
        },
      };
      const { output } = await runOnce(definition, `{"${name}":{"a":1}}`);
      expect(output).toBe(`{"${name}":{"a":1},"x":1}`);
    },
  );

  test.each(['/b/%zz', '/2015-03-31/functions/%zz', '/_signalbox/events/%zz'])(
    'refuses the path %s',
    async (path) => {
      for (const service of ['s3', 'lambda']) {
        const headers = { authorization: AUTHORIZATION.replace('sqs', service) };
        const { status } = await fetch(rehearsal.url + path, { headers });
        expect([400, 404]).toContain(status);
      }
    },
  );

  test.each([
    [
      'a bad regular expression',
      JSON.stringify(outputOf('{% $match("a", /[z-a]/) %}')),
      /Range out of order.* at .States.Odd.Output/,
    ],
    [
      'deep brackets',
      JSON.stringify(outputOf(`{% ${'('.repeat(50_000)} %}`)),
      /INVALID_JSONATA_EXPRESSION/,
    ],
    ['nested And', choiceOf(10_000), /Document nesting depth/],
    [
      '4 MB',
      JSON.stringify({ ...outputOf('x'), Comment: 'x'.repeat(4_000_000) }),
      /length less than or equal to 1048576/,
    ],
  ])('refuses a definition of %s', async (_, definition, says) => {
    const made = states.send(
      new CreateStateMachineCommand({ name: 'odd', roleArn: ROLE, definition }),
    );
    await expect(made).rejects.toThrow(says);
  });

  test('ends an execution whose states nest their input without end', async () => {
    const definition = {
      StartAt: 'Nest',
      States: {
        Nest: { Type: 'Pass', Parameters: { 'in.$': '$' }, Next: 'Again' },
        Again: {
          Type: 'Choice',
          Choices: [{ Variable: '$.enough', IsPresent: true, Next: 'Done' }],
          Default: 'Nest',
        },
        Done: { Type: 'Succeed' },
      },
    };
    const { status, error } = await runOnce(definition, '{}');
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(remarks.filter((line) => line.includes('bug'))).toEqual([]);
  });
});
