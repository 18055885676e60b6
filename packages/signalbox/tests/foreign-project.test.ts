import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal } from '../src/create-rehearsal.ts';
import { createProject } from '../src/template/temporary-project.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

async function start(template: string, files: Readonly<Record<string, string>> = {}) {
  const remarks: string[] = [];
  const root = createProject({ 'template.yaml': template, ...files });
  const onRemark = (line: string): void => void remarks.push(line);
  rehearsal = await createRehearsal({ root, plugins: [], seeds: [], onRemark });
  return { started: rehearsal, remarks };
}

/** The inputs of a machine's executions. */
async function inputsOf(started: Rehearsal, logicalId: string): Promise<readonly unknown[]> {
  const client = new SFNClient(started.client);
  const stateMachineArn = started.physicalId(logicalId);
  const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
  return Promise.all(
    executions.map(async ({ executionArn }) => {
      const described = await client.send(new DescribeExecutionCommand({ executionArn }));
      return JSON.parse(described.input ?? 'null');
    }),
  );
}

const MACHINE = `
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: { StartAt: P, States: { P: { Type: Pass, End: true } } }
`;

describe('a project of somebody else', () => {
  test('starts with what is not known, and says so in one line', async () => {
    const { remarks, started } = await start(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Pool: { Type: AWS::Cognito::UserPool }
  Client: { Type: AWS::Cognito::UserPoolClient, Properties: { UserPoolId: !Ref Pool } }
  Other: { Type: AWS::Cognito::UserPool }
  M:${MACHINE}
`);

    expect(remarks).toEqual([
      'Not rehearsed: AWS::Cognito::UserPool (2), AWS::Cognito::UserPoolClient: they have names and attributes, and calls to them fail by name',
    ]);
    expect(started.app().stateMachines).toHaveLength(1);
  });

  test('leads messages through a pipe: filtered, enriched, transformed', async () => {
    const { started } = await start(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Letters: { Type: AWS::SQS::Queue }
  M:${MACHINE}
  Sorter:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      Definition:
        StartAt: P
        States: { P: { Type: Pass, Parameters: { 'kind.$': '$[0].kind', by: sorter }, End: true } }
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipe
      Source: !GetAtt Letters.Arn
      SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] } }
      Enrichment: !Ref Sorter
      EnrichmentParameters: { InputTemplate: '{"kind": <$.body.kind>}' }
      Target: !Ref M
      TargetParameters:
        StepFunctionStateMachineParameters: { InvocationType: FIRE_AND_FORGET }
        InputTemplate: '{"note": "<$.kind> by <$.by>"}'
`);
    const client = new SQSClient(started.client);
    const QueueUrl = started.physicalId('Letters');
    for (const kind of ['junk', 'order']) {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: `{"kind":"${kind}"}` }));
    }
    await started.settled();

    expect(await inputsOf(started, 'M')).toEqual([[{ note: 'order by sorter' }]]);
  });

  test('tells a queue of the objects of a bucket, by prefix and suffix', async () => {
    const { started } = await start(`
Transform: AWS::Serverless-2016-10-31
Resources:
  News: { Type: AWS::SQS::Queue }
  M:${MACHINE}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/pipe
      Source: !GetAtt News.Arn
      Target: !Ref M
      TargetParameters: { InputTemplate: '{"key": <$.body.Records[0].s3.object.key>}' }
  Photos:
    Type: AWS::S3::Bucket
    Properties:
      NotificationConfiguration:
        QueueConfigurations:
          - Queue: !GetAtt News.Arn
            Event: s3:ObjectCreated:*
            Filter: { S3Key: { Rules: [{ Name: prefix, Value: in/ }, { Name: suffix, Value: .jpg }] } }
`);
    const s3 = new S3Client({ ...started.client, forcePathStyle: true });
    const Bucket = started.physicalId('Photos');
    for (const Key of ['in/a.jpg', 'in/a.txt', 'out/a.jpg']) {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    }
    await started.settled();

    expect(await inputsOf(started, 'M')).toEqual([[{ key: 'in/a.jpg' }]]);
  });

  test('starts executions through a REST API that SAM makes', async () => {
    const { started } = await start(`
Transform: AWS::Serverless-2016-10-31
Resources:
  M:${MACHINE}      Events: { Start: { Type: Api, Properties: { Path: /orders, Method: post } } }
`);
    const [api] = started.app().restApis;
    const url = `${started.url}/_aws/execute-api/${api?.id}/Prod/orders`;
    const response = await fetch(url, { method: 'POST', body: '{"item":"tea"}' });
    await started.settled();

    expect(await response.json()).toMatchObject({ executionArn: expect.stringContaining('-M:') });
    expect(await inputsOf(started, 'M')).toEqual([{ item: 'tea' }]);
  });
});
