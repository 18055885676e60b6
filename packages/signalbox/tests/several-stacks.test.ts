import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createRehearsal, type Rehearsal } from '../src/create-rehearsal.ts';
import { createProject, type ProjectFiles } from '../src/template/temporary-project.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

async function start(files: ProjectFiles, options: object = {}) {
  const remarks: string[] = [];
  const root = createProject(files);
  const onRemark = (line: string): void => void remarks.push(line);
  rehearsal = await createRehearsal({ root, plugins: [], seeds: [], onRemark, ...options });
  return { started: rehearsal, remarks };
}

const PRODUCER = JSON.stringify({
  Resources: { Letters: { Type: 'AWS::SQS::Queue' } },
  Outputs: {
    Name: {
      Value: { 'Fn::GetAtt': ['Letters', 'QueueName'] },
      Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Letters' } },
    },
  },
});

const consumer = (name: string) =>
  JSON.stringify({
    Resources: {
      M: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: 'arn:aws:iam::123456789012:role/r',
          Definition: {
            StartAt: 'P',
            States: { P: { Type: 'Pass', Result: { 'Fn::ImportValue': name }, End: true } },
          },
        },
      },
    },
    Outputs: { Imported: { Value: { 'Fn::ImportValue': name } } },
  });

const stack = (templateFile: string, stackName?: string) => ({
  type: 'aws:cloudformation:stack',
  properties: { templateFile, ...(stackName && { stackName }) },
});

async function outputsOf(started: Rehearsal) {
  const client = new CloudFormationClient(started.client);
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  return Object.fromEntries(
    Stacks.map(({ StackName, Outputs = [], ParentId }) => [
      StackName,
      { parent: ParentId, values: Outputs.map(({ OutputValue }) => OutputValue) },
    ]),
  );
}

describe('several stacks', () => {
  test('of cdk synth run side by side, and import what another exports', async () => {
    const artifacts = {
      Tree: { type: 'cdk:tree', properties: {} },
      Flow: stack('Flow.template.json'),
      Network: stack('Network.template.json', 'prod-network'),
    };
    const { started, remarks } = await start({
      'cdk.out/manifest.json': JSON.stringify({ artifacts }),
      'cdk.out/Network.template.json': PRODUCER,
      'cdk.out/Flow.template.json': consumer('prod-network:Letters'),
      'cdk.out/Left.template.json': '{"Resources":{"Old":{"Type":"AWS::SQS::Queue"}}}',
    });

    expect(remarks).toContain('2 stacks: Flow, prod-network');
    const name = started.physicalId('Letters').split('/').at(-1);
    expect(await outputsOf(started)).toEqual({
      Flow: { parent: undefined, values: [name] },
      'prod-network': { parent: undefined, values: [name] },
    });
    expect(started.physicalId('prod-network/Letters')).toBe(started.physicalId('Letters'));
    const client = new SQSClient(started.client);
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
    expect(QueueUrl).toBe(started.physicalId('Letters'));
  });

  test('of one stage are taken, and of several stages one has to be named', async () => {
    const stage = (directoryName: string) => ({
      type: 'cdk:cloud-assembly',
      properties: { directoryName },
    });
    const inside = JSON.stringify({ artifacts: { Flow: stack('Flow.template.json') } });
    const files = {
      'cdk.out/manifest.json': JSON.stringify({
        artifacts: { Beta: stage('assembly-Beta'), Prod: stage('assembly-Prod') },
      }),
      'cdk.out/assembly-Beta/manifest.json': inside,
      'cdk.out/assembly-Beta/Flow.template.json': consumer('elsewhere'),
      'cdk.out/assembly-Prod/manifest.json': inside,
      'cdk.out/assembly-Prod/Flow.template.json': consumer('elsewhere'),
    };
    await expect(start(files)).rejects.toMatchObject({
      message: expect.stringContaining(
        'cdk.out has several stages: name one with --template, such as cdk.out/assembly-Beta or cdk.out/assembly-Prod',
      ),
    });
    const { started } = await start(files, { template: 'cdk.out/assembly-Prod' });
    expect(started.app().stackName).toBe('Flow');
    const only = {
      ...files,
      'cdk.out/manifest.json': JSON.stringify({ artifacts: { Beta: stage('assembly-Beta') } }),
    };
    await started.close();
    const one = await start(only);
    expect(one.started.app().stateMachines).toHaveLength(1);
  });

  test('of templates that are named have the parameters that they declare', async () => {
    const yaml = (parameter: string) => `Parameters: { ${parameter}: { Type: String } }
Resources: { Q: { Type: AWS::SQS::Queue } }
Outputs: { Given: { Value: !Ref ${parameter} } }
`;
    const files = { 'template.yaml': yaml('One'), 'net/template.yaml': yaml('Two') };
    const otherTemplates = ['net/template.yaml'];
    const given = { otherTemplates, parameters: { One: '1', Two: '2' } };
    const { started } = await start(files, given);
    const { net, ...rest } = await outputsOf(started);
    expect(net).toEqual({ parent: undefined, values: ['2'] });
    expect(Object.values(rest)).toEqual([{ parent: undefined, values: ['1'] }]);
    await started.close();
    const wrong = { otherTemplates, parameters: { Three: '3' } };
    await expect(start(files, wrong)).rejects.toMatchObject({
      message: expect.stringContaining(
        'Parameter Three has a value but is in none of the templates',
      ),
    });
  });
});
