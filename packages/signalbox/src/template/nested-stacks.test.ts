import { describe, expect, test } from '@jest/globals';
import { resourceNamed } from '../core/logical-name.ts';
import { appOf, loadTemplate, problemsOf } from './temporary-project.ts';

const SAM = 'Transform: AWS::Serverless-2016-10-31\n';

/** A parent with an application `Shop` of `stacks/shop.yaml`, and more lines below it. */
function parentOf(shop: string, more = ''): string {
  return `${SAM}Resources:
  Shop:
    Type: AWS::Serverless::Application
    Properties:
      Location: stacks/shop.yaml
${shop}${more}`;
}

const QUEUES = `Resources:
  Jobs:
    Type: AWS::SQS::Queue
Outputs:
  JobsUrl: { Value: !Ref Jobs }
  JobsArn: { Value: !GetAtt Jobs.Arn }
`;

describe('a nested application', () => {
  test('brings its resources to the app under a stack name of its own', () => {
    const app = appOf(parentOf(''), {}, { 'stacks/shop.yaml': QUEUES });

    const [stack] = app.nestedStacks;
    expect(stack).toMatchObject({
      path: 'Shop',
      parentId: app.stackId,
      stackName: expect.stringMatching(/^shop-Shop-[0-9A-F]{8}$/),
      outputs: { JobsUrl: app.queues[0]?.url },
    });
    expect(app.queues[0]?.name).toBe(`${stack?.stackName}-Jobs`);
    expect(app.resources).toEqual([
      {
        logicalId: 'Shop',
        path: 'Shop',
        stackId: app.stackId,
        physicalId: stack?.stackId,
        type: 'AWS::CloudFormation::Stack',
      },
      expect.objectContaining({ logicalId: 'Jobs', path: 'Shop/Jobs', stackId: stack?.stackId }),
    ]);
  });

  test('has the same name each time that it is read', () => {
    const [first, second] = [1, 2].map(() =>
      appOf(parentOf(''), {}, { 'stacks/shop.yaml': QUEUES }).nestedStacks.map(
        ({ stackName }) => stackName,
      ),
    );

    expect(first).toEqual(second);
  });

  test('is watched: its file is a source of the app', () => {
    const app = appOf(parentOf(''), {}, { 'stacks/shop.yaml': QUEUES });

    expect(app.sources).toEqual(['template.yaml', 'stacks/shop.yaml']);
  });

  test('has AWS::StackName and AWS::StackId of its own', () => {
    const shop = `Resources: { Jobs: { Type: AWS::SQS::Queue } }
Outputs:
  Name: { Value: !Ref AWS::StackName }
  Id: { Value: !Ref AWS::StackId }
`;
    const app = appOf(parentOf(''), {}, { 'stacks/shop.yaml': shop });

    const [stack] = app.nestedStacks;
    expect(stack?.outputs).toEqual({ Name: stack?.stackName, Id: stack?.stackId });
    expect(stack?.stackName).not.toBe(app.stackName);
  });

  test('takes parameters of the parent: values, its resources, and outputs of another child', () => {
    const parent = `${SAM}Parameters:
  Stage: { Type: String, Default: test }
Resources:
  Reader:
    Type: AWS::Serverless::Application
    DependsOn: Bus
    Properties:
      Location: stacks/reader.yaml
      Parameters:
        Stage: !Ref Stage
        BusName: !Ref Bus
        JobsUrl: !GetAtt Shop.Outputs.JobsUrl
        Both: !Sub '\${Shop.Outputs.JobsArn} \${Bus.Arn}'
        Names: !Join [',', [a, b]]
  Shop:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ./stacks/shop.yaml }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }
Outputs:
  Stage: { Value: !GetAtt Reader.Outputs.Stage }
`;
    const reader = `Parameters:
  Stage: { Type: String }
  BusName: { Type: String }
  JobsUrl: { Type: String }
  Both: { Type: String }
  Names: { Type: CommaDelimitedList }
  Size: { Type: Number, Default: 3 }
Resources:
  Text:
    Type: AWS::SSM::Parameter
    Properties: { Name: text, Type: String, Value: !Select [1, !Ref Names] }
Outputs:
  Stage: { Value: !Ref Stage }
`;
    const app = appOf(parent, {}, { 'stacks/shop.yaml': QUEUES, 'stacks/reader.yaml': reader });

    const [queue] = app.queues;
    expect(app.nestedStacks.find(({ path }) => path === 'Reader')?.parameters).toEqual({
      Stage: 'test',
      BusName: 'orders',
      JobsUrl: queue?.url,
      Both: `${queue?.arn} ${app.eventBuses[0]?.arn}`,
      Names: 'a,b',
      Size: '3',
    });
    expect(app.ssmParameters[0]?.value).toBe('b');
    expect(app.outputs).toEqual({ Stage: 'test' });
  });

  test('is left out with all that is in it where its condition is false', () => {
    const parent = `${SAM}Parameters:
  DeployShop: { Type: String, Default: 'true' }
Conditions:
  DeploysShop: !Equals [!Ref DeployShop, 'true']
Resources:
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }
  Shop:
    Type: AWS::Serverless::Application
    Condition: DeploysShop
    Properties: { Location: stacks/shop.yaml }
Outputs:
  JobsUrl: { Condition: DeploysShop, Value: !GetAtt Shop.Outputs.JobsUrl }
`;
    const files = { 'stacks/shop.yaml': QUEUES };
    const without = appOf(parent, { DeployShop: 'false' }, files);

    expect(Object.keys(appOf(parent, {}, files).outputs)).toEqual(['JobsUrl']);
    expect(without).toMatchObject({ queues: [], nestedStacks: [], outputs: {} });
    expect(without.resources.map(({ path }) => path)).toEqual(['Bus']);
  });

  test('names files relative to its own template, with Globals and a Transform of its own', () => {
    const shop = `${SAM}Globals:
  Function: { Runtime: nodejs24.x, CodeUri: ../functions, Handler: handler.handler }
Resources:
  Submit:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [handler.ts] } }
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties: { DefinitionUri: ../machines/one.asl.json }
`;
    const machine = '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }';
    const app = appOf(
      parentOf(''),
      {},
      {
        'stacks/shop.yaml': shop,
        'machines/one.asl.json': machine,
        'functions/handler.ts': 'export const handler = () => 1;',
      },
    );

    expect(app.functions[0]).toMatchObject({
      logicalId: 'Submit',
      path: 'Shop/Submit',
      codeUri: 'functions',
      runtime: 'nodejs24.x',
      place: { file: 'stacks/shop.yaml' },
    });
    expect(app.stateMachines[0]?.definitionFile).toBe('machines/one.asl.json');
    expect(app.sources).toContain('machines/one.asl.json');
  });

  test('nests others, relative to its own template', () => {
    const shop = `Resources:
  Stock:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: parts/stock.yaml }
Outputs:
  JobsUrl: { Value: !GetAtt Stock.Outputs.JobsUrl }
`;
    const app = appOf(
      parentOf('', 'Outputs: { Url: { Value: !GetAtt Shop.Outputs.JobsUrl } }\n'),
      {},
      {
        'stacks/shop.yaml': shop,
        'stacks/parts/stock.yaml': QUEUES,
      },
    );

    const [outer, inner] = app.nestedStacks;
    expect([outer?.path, inner?.path]).toEqual(['Shop', 'Shop/Stock']);
    expect(inner?.parentId).toBe(outer?.stackId);
    expect(inner?.stackName).toMatch(new RegExp(`^${outer?.stackName}-Stock-[0-9A-F]{8}$`));
    expect(app.outputs).toEqual({ Url: app.queues[0]?.url });
    expect(resourceNamed(app.resources, 'Jobs')?.path).toBe('Shop/Stock/Jobs');
  });

  test('may be on a bus, and subscribe to a topic, of another stack', () => {
    const parent =
      parentOf(`      Parameters: { BusName: !Ref Bus, TopicArn: !Ref Topic, RoleName: !Ref Role }
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }
  Topic: { Type: AWS::SNS::Topic }
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }
`);
    const shop = `Parameters:
  BusName: { Type: String }
  TopicArn: { Type: String }
  RoleName: { Type: String }
Resources:
  Jobs: { Type: AWS::SQS::Queue }
  Placed:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref BusName
      EventPattern: { source: [shop] }
      Targets: [{ Id: jobs, Arn: !GetAtt Jobs.Arn }]
  Told:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref TopicArn, Protocol: sqs, Endpoint: !GetAtt Jobs.Arn }
  Allowed:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: Allowed
      Roles: [!Ref RoleName]
      PolicyDocument: { Statement: [{ Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Jobs.Arn }] }
`;
    const app = appOf(parent, {}, { 'stacks/shop.yaml': shop });

    const arn = app.queues[0]?.arn;
    expect(app.rules).toMatchObject([{ eventBusName: 'orders', targets: [{ arn }] }]);
    expect(app.topics).toMatchObject([{ subscriptions: [{ protocol: 'sqs', endpoint: arn }] }]);
    expect(app.roles).toMatchObject([{ statements: [{ Resource: arn }] }]);
  });
});

describe('what is wrong with a nested application', () => {
  test('is reported in the child, by its file and line', () => {
    const shop = 'Resources:\n  Jobs:\n    Type: AWS::SQS::Queues\n';

    expect(problemsOf(parentOf(''), {}, { 'stacks/shop.yaml': shop })).toEqual([
      'stacks/shop.yaml:3: The rehearsal knows no resource type AWS::SQS::Queues: did you mean AWS::SQS::Queue?',
    ]);
  });

  test('a file that is not there', () => {
    expect(problemsOf(parentOf(''))).toEqual([
      'template.yaml:3: stacks/shop.yaml cannot be read: there is no such file',
    ]);
  });

  test('a parameter that nobody gives, one that it has not, and a list', () => {
    const parent = parentOf(`      Parameters:
        Stge: test
        Names: [a, b]
`);
    const shop = `Parameters:
  Stage: { Type: String }
  Names: { Type: CommaDelimitedList }
Resources: { Jobs: { Type: AWS::SQS::Queue } }
`;

    expect(problemsOf(parent, {}, { 'stacks/shop.yaml': shop })).toEqual([
      'stacks/shop.yaml:2: Parameter Stage needs a value: give a Default, or pass it to Shop (template.yaml:3)',
      'template.yaml:8: Parameter Stge has a value but is not in stacks/shop.yaml: did you mean Stage?',
      'template.yaml:9: Shop: parameter Names of a nested stack is a string: write a list with !Join',
    ]);
  });

  test('a value that the child does not allow', () => {
    const parent = parentOf('      Parameters: { Stage: tset }\n');
    const shop = `Parameters:
  Stage: { Type: String, AllowedValues: [test, prod] }
Resources: { Jobs: { Type: AWS::SQS::Queue } }
`;

    expect(problemsOf(parent, {}, { 'stacks/shop.yaml': shop })).toEqual([
      'stacks/shop.yaml:2: Parameter Stage must be one of test, prod, not tset',
    ]);
  });

  test('an output that it has not', () => {
    const parent = parentOf('', 'Outputs:\n  Url: { Value: !GetAtt Shop.Outputs.JobUrl }\n');

    expect(problemsOf(parent, {}, { 'stacks/shop.yaml': QUEUES })).toEqual([
      'template.yaml:8: Shop is of type AWS::CloudFormation::Stack, which has no attribute Outputs.JobUrl: did you mean Outputs.JobsUrl?',
    ]);
  });

  test('a reference to a resource of the parent that is not passed', () => {
    const parent = parentOf('', '  Topic: { Type: AWS::SNS::Topic }\n');
    const shop = `Resources: { Jobs: { Type: AWS::SQS::Queue } }
Outputs:
  Topic: { Value: !Ref Topic }
`;

    expect(problemsOf(parent, {}, { 'stacks/shop.yaml': shop })).toEqual([
      'stacks/shop.yaml:3: Topic is neither a parameter nor a resource of this template',
    ]);
  });

  test.each(['https://example.com/shop.yaml', 's3://templates/shop.yaml'])(
    'a template that is not of the project: %s',
    (location) => {
      const parent = `Resources:
  Shop: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: '${location}' } }
`;
      expect(problemsOf(parent)).toEqual([
        `template.yaml:2: Shop: the rehearsal reads a nested template as a file of the project, not ${location}`,
      ]);
    },
  );

  test('an application of the Serverless Application Repository', () => {
    const parent = `${SAM}Resources:
  Shop:
    Type: AWS::Serverless::Application
    Properties:
      Location: { ApplicationId: arn, SemanticVersion: 1.0.0 }
`;
    expect(problemsOf(parent)).toEqual([
      'template.yaml:6: AWS::Serverless::Application Shop: the rehearsal takes nothing from the Serverless Application Repository: name a template of the project',
    ]);
  });

  test('a property that SAM does not know', () => {
    const parent = parentOf('      Paramters: {}\n');

    expect(problemsOf(parent, {}, { 'stacks/shop.yaml': QUEUES })).toEqual([
      'template.yaml:7: AWS::Serverless::Application Shop has no Paramters that the rehearsal knows: did you mean Parameters?',
    ]);
  });

  test('a template that nests itself', () => {
    const shop = `${SAM}Resources:
  Inner:
    Type: AWS::Serverless::Application
    Properties: { Location: shop.yaml }
`;
    expect(problemsOf(parentOf(''), {}, { 'stacks/shop.yaml': shop })).toEqual([
      'stacks/shop.yaml:5: Inner nests its own template: template.yaml, stacks/shop.yaml, stacks/shop.yaml',
    ]);
  });

  test('two that pass each other their outputs', () => {
    const child = (name: string): string => `Parameters:
  Given: { Type: String }
Resources: { Jobs${name}: { Type: AWS::SQS::Queue } }
Outputs: { Made: { Value: !Ref Given } }
`;
    const parent = `Resources:
  A:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: a.yaml, Parameters: { Given: !GetAtt B.Outputs.Made } }
  B:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: b.yaml, Parameters: { Given: !GetAtt A.Outputs.Made } }
`;
    expect(problemsOf(parent, {}, { 'a.yaml': child('A'), 'b.yaml': child('B') })).toEqual([
      'template.yaml:5: Circular dependency between nested stacks: B, A',
    ]);
  });

  test('a name that two stacks give to a resource of one type', () => {
    const shop = 'Resources:\n  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }\n';
    const parent = parentOf(
      '',
      '  Work: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } }\n',
    );

    expect(problemsOf(parent, {}, { 'stacks/shop.yaml': shop })).toEqual([
      'stacks/shop.yaml:2: Shop/Jobs has the name of Work: give it one of its own',
    ]);
  });

  test('does not hide what is wrong with the parent', () => {
    const parent = parentOf('', '  Work: { Type: AWS::SQS::Queues }\n');
    const result = loadTemplate(
      parent,
      {},
      { 'stacks/shop.yaml': 'Resources: { A: { Type: B } }' },
    );

    expect(result.ok ? [] : result.problems.map(({ file }) => file)).toEqual([
      'stacks/shop.yaml',
      'template.yaml',
    ]);
  });
});
