import { describe, expect, test } from '@jest/globals';
import { problemText } from '../core/result.ts';
import type { App } from './app.ts';
import { loadApp } from './load-app.ts';
import { remarkLines } from './remark.ts';
import { createProject, type ProjectFiles } from './temporary-project.ts';

function load(files: ProjectFiles, templateFile = 'template.yaml') {
  return loadApp({
    root: createProject(files),
    templateFile,
    stackName: 'shop',
    region: 'eu-west-1',
    accountId: '123456789012',
    endpoint: 'http://127.0.0.1:4700',
    parameterOverrides: {},
  });
}

function appOf(template: string, files: ProjectFiles = {}): App {
  const result = load({ 'template.yaml': template, ...files });
  if (result.ok) return result.value;
  throw new Error(result.problems.map(problemText).join('\n'));
}

function problemsOf(template: string, files: ProjectFiles = {}): readonly string[] {
  const result = load({ 'template.yaml': template, ...files });
  return result.ok ? [] : result.problems.map(problemText);
}

const linesOf = ({ remarks }: App): readonly string[] => remarkLines(remarks, false);

const SAM = 'Transform: AWS::Serverless-2016-10-31\n';

describe('what is not known', () => {
  test('is inert: a type has a name, an ARN and attributes', () => {
    const app = appOf(`Resources:
  Pool: { Type: AWS::Cognito::UserPool, Properties: { UserPoolName: people } }
  Made: { Type: Custom::Thing }
Outputs:
  Ref: { Value: !Ref Pool }
  Arn: { Value: !GetAtt Pool.Arn }
  Url: { Value: !Sub '\${Pool.ProviderURL}' }
  Port: { Value: !GetAtt Pool.Endpoint.Port }
  Custom: { Value: !GetAtt Made.Answer }
`);

    expect(app.outputs).toEqual({
      Ref: 'people',
      Arn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/people',
      Url: 'people.providerurl',
      Port: '443',
      Custom: 'shop-made.answer',
    });
    expect(linesOf(app)).toEqual([
      'Not rehearsed: AWS::Cognito::UserPool, Custom::Thing: they have names and attributes, and calls to them fail by name',
    ]);
  });

  test('is remarked by kind, the commonest first, and every one with its place when asked', () => {
    const { remarks } = appOf(`Resources:
  A: { Type: AWS::SQS::Queue, Properties: { Colour: red } }
  B: { Type: AWS::SQS::Queue, Properties: { Colour: blue, Size: 1 } }
`);

    expect(remarkLines(remarks, false)).toEqual([
      'Without effect here: Colour of AWS::SQS::Queue (2), Size of AWS::SQS::Queue',
    ]);
    expect(remarkLines(remarks, true)).toEqual([
      'template.yaml:2: AWS::SQS::Queue A has no Colour that the rehearsal knows',
      'template.yaml:3: AWS::SQS::Queue B has no Colour that the rehearsal knows',
      'template.yaml:3: AWS::SQS::Queue B has no Size that the rehearsal knows',
    ]);
  });

  test('stays on one line however much there is', () => {
    const types = Array.from({ length: 30 }, (_, n) => `  R${n}: { Type: AWS::New::Type${n} }\n`);
    const [line = '', ...more] = linesOf(appOf(`Resources:\n${types.join('')}`));

    expect(more).toEqual([]);
    expect(line).toContain('and 22 more');
  });

  test('is no excuse for what AWS refuses', () => {
    expect(problemsOf('Resources: { A: { Type: AWS::New::Type, Colour: red } }')).toEqual([
      'template.yaml:1: A: the rehearsal knows no resource attribute Colour',
    ]);
    expect(
      problemsOf('Resources: { Q: { Type: AWS::SQS::Queue, Properties: { Tags: !Ref Gone } } }'),
    ).toEqual([expect.stringContaining('Gone is neither a parameter nor a resource')]);
  });
});

describe('parameters without a value', () => {
  test.each([
    ['{ Type: String }', 'p'],
    ['{ Type: String, AllowedValues: [x, y] }', 'x'],
    ['{ Type: Number, MinValue: 5 }', '5'],
    ['{ Type: String, MinLength: 3 }', 'pxx'],
    ["{ Type: String, AllowedPattern: '.+@.+' }", 'someone@example.com'],
    ["{ Type: String, AllowedPattern: '\\d{12}' }", '123456789012'],
    ['{ Type: AWS::SSM::Parameter::Value<String>, Default: /shop/colour }', 'colour'],
  ])('%s have one that is made up', (declaration, expected) => {
    const app = appOf(
      `Parameters: { P: ${declaration} }\nResources: { Q: { Type: AWS::SQS::Queue } }\nOutputs: { P: { Value: !Ref P } }\n`,
    );

    expect(app.outputs['P']).toBe(expected);
    expect(linesOf(app)).toEqual([expect.stringContaining('Values made up: ')]);
  });
});

describe('values from elsewhere', () => {
  test('are those of the same template where it has them, else made up of their names', () => {
    const app = appOf(`Resources:
  Colour: { Type: AWS::SSM::Parameter, Properties: { Name: /shop/colour, Type: String, Value: red } }
  Login: { Type: AWS::SecretsManager::Secret, Properties: { Name: login, SecretString: '{"user":"ada"}' } }
Outputs:
  Colour: { Value: '{{resolve:ssm:/shop/colour:1}}' }
  User: { Value: !Sub 'u={{resolve:secretsmanager:\${Login}:SecretString:user}}' }
  Gone: { Value: '{{resolve:ssm:/shop/size}}' }
  Import: { Value: !ImportValue net-vpc }
`);

    expect(app.outputs).toEqual({ Colour: 'red', User: 'u=ada', Gone: 'size', Import: 'net-vpc' });
    expect(linesOf(app)).toEqual([
      'Values made up: {{resolve:ssm:/shop/size}}, import net-vpc: give parameters with --parameter-overrides',
    ]);
  });

  test('are exports of a nested stack that was read before', () => {
    const app = appOf(
      `${SAM}Resources: { Net: { Type: AWS::Serverless::Application, Properties: { Location: net.yaml } } }
Outputs: { Url: { Value: !GetAtt Net.Outputs.Url }, Imported: { Value: !ImportValue url } }\n`,
      {
        'net.yaml':
          'Resources: { Q: { Type: AWS::SQS::Queue } }\nOutputs: { Url: { Value: !GetAtt Q.Arn, Export: { Name: url } } }\n',
      },
    );

    expect(app.outputs['Imported']).toBe(app.outputs['Url']);
    expect(app.remarks).toEqual([]);
  });

  test('come from a file that AWS::Include puts in', () => {
    const app = appOf(
      `Resources: { Q: { Type: AWS::SQS::Queue } }
Outputs: { O: { Value: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: part.yaml } } } } }\n`,
      { 'part.yaml': "!Sub '${Q.QueueName}!'\n" },
    );

    expect(app.outputs['O']).toBe('shop-Q!');
  });
});

describe('Fn::ForEach', () => {
  test('makes resources, properties and outputs, loops in loops too', () => {
    const app = appOf(`Transform: AWS::LanguageExtensions
Parameters: { Names: { Type: CommaDelimitedList, Default: 'a,b-c' } }
Resources:
  Fn::ForEach::Queues:
    - Name
    - !Ref Names
    - 'Queue&{Name}':
        Type: AWS::SQS::Queue
        Properties: { QueueName: !Sub 'q-\${Name}' }
Outputs:
  Fn::ForEach::Outer:
    - X
    - [1, 2]
    - Fn::ForEach::Inner:
        - Y
        - [3]
        - 'O\${X}\${Y}': { Value: !Join ['', [!Ref X, '\${Y}']] }
`);

    expect(app.queues.map(({ logicalId, name }) => [logicalId, name])).toEqual([
      ['Queuea', 'q-a'],
      ['Queuebc', 'q-b-c'],
    ]);
    expect(app.outputs).toEqual({ O13: '13', O23: '23' });
  });

  test.each([
    ['[X, [a]]', 'takes [identifier, [values], { key: value }]'],
    ['{}', 'takes [identifier, [values], { key: value }]'],
  ])('refuses %s', (loop, message) => {
    const template = `Transform: AWS::LanguageExtensions\nResources: { Fn::ForEach::L: ${loop} }\n`;

    expect(problemsOf(template)).toEqual([expect.stringContaining(message)]);
  });
});

describe('the code of a function', () => {
  const functionWith = (properties: string) =>
    `${SAM}Resources: { F: { Type: AWS::Serverless::Function, Properties: { Handler: index.handler, Runtime: python3.13, ${properties} } } }\n`;
  const first = (app: App) => app.functions[0];

  test.each([
    ['InlineCode: x', { kind: 'inline', text: 'x' }],
    ['PackageType: Image, ImageUri: repo:1', { kind: 'image', imageUri: 'repo:1' }],
    ['CodeUri: a.zip', { kind: 'archive', file: 'a.zip' }],
    ['CodeUri: s3://b/k', { kind: 'absent', reason: 'its code is s3://b/k' }],
    ['CodeUri: { Bucket: b, Key: k }', { kind: 'absent', reason: 'its code is s3://b/k' }],
    ['CodeUri: gone/', { kind: 'absent', reason: 'CodeUri gone is no directory' }],
  ])('may be %s', (properties, code) => {
    expect(first(appOf(functionWith(properties), { 'a.zip': '' }))?.code).toEqual(code);
  });

  test('has layers, an architecture, aliases, and what it is built by', () => {
    const app = appOf(
      `${SAM}Resources:
  Lib: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: lib }, Metadata: { BuildMethod: python3.13 } }
  F:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: makefile }
    Properties:
      Handler: index.handler
      Runtime: python3.13
      CodeUri: src
      Architectures: [arm64]
      AutoPublishAlias: live
      Layers: [!Ref Lib, 'arn:aws:lambda:eu-west-1:123456789012:layer:other:3']
Outputs:
  Alias: { Value: !Ref FAliaslive }
  SameAlias: { Value: !Ref F.Alias }
  Version: { Value: !Ref F.Version }
`,
      { 'src/index.py': '', 'lib/python/x.py': '' },
    );

    expect(first(app)).toMatchObject({
      codeUri: 'src',
      architecture: 'arm64',
      buildMethod: 'makefile',
      qualifiers: ['1', 'live'],
      layers: [
        {
          arn: 'arn:aws:lambda:eu-west-1:123456789012:layer:shop-Lib:1',
          directory: 'lib',
          buildMethod: 'python3.13',
        },
        { arn: 'arn:aws:lambda:eu-west-1:123456789012:layer:other:3', directory: undefined },
      ],
    });
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop-F';
    expect(app.outputs).toMatchObject({
      ...{ Alias: `${arn}:live`, SameAlias: `${arn}:live`, Version: `${arn}:1` },
    });
  });

  test('is built where sam build has left it', () => {
    const files = {
      '.aws-sam/build/template.yaml': `${SAM}Resources: { F: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [index.ts] } }, Properties: { Handler: index.handler, Runtime: nodejs22.x, CodeUri: F } } }`,
      '.aws-sam/build/F/index.js': 'exports.handler = () => 1;',
    };
    const result = load(files, '.aws-sam/build/template.yaml');

    expect(result.ok ? first(result.value) : result.problems).toMatchObject({
      isBuilt: true,
      codeUri: '.aws-sam/build/F',
    });
  });

  test('is an asset of cdk synth by its hash, as are definitions and nested stacks', () => {
    const manifest = {
      files: {
        aa11: { source: { path: 'asset.aa11', packaging: 'zip' } },
        bb22: { source: { path: 'Nested.nested.template.json', packaging: 'file' } },
        cc33: { source: { path: 'asset.cc33.json', packaging: 'file' } },
      },
    };
    const bucket = { 'Fn::Sub': 'cdk-assets-${AWS::AccountId}-${AWS::Region}' };
    const template = {
      Parameters: {
        BootstrapVersion: {
          Type: 'AWS::SSM::Parameter::Value<String>',
          Default: '/cdk-bootstrap/hnb659fds/version',
        },
      },
      Rules: {
        CheckBootstrapVersion: {
          Assertions: [
            {
              Assert: {
                'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'BootstrapVersion' }] }],
              },
            },
          ],
        },
      },
      Resources: {
        F: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Code: { S3Bucket: bucket, S3Key: 'aa11.zip' },
            Handler: 'index.handler',
            Runtime: 'nodejs22.x',
            Role: 'arn:aws:iam::123456789012:role/f',
          },
        },
        M: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: {
            DefinitionS3Location: { Bucket: bucket, Key: 'cc33.json' },
            RoleArn: 'arn:aws:iam::123456789012:role/m',
          },
        },
        Nested: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: {
            TemplateURL: { 'Fn::Sub': 'https://s3.${AWS::Region}.amazonaws.com/b/bb22.json' },
          },
        },
        CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'x' } },
      },
    };
    const result = load(
      {
        'cdk.out/App.template.json': JSON.stringify(template),
        'cdk.out/App.assets.json': JSON.stringify(manifest),
        'cdk.out/asset.aa11/index.js': 'exports.handler = () => 1;',
        'cdk.out/asset.cc33.json': '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}',
        'cdk.out/Nested.nested.template.json': '{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}',
      },
      'cdk.out/App.template.json',
    );
    if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'));

    expect(first(result.value)).toMatchObject({ codeUri: 'cdk.out/asset.aa11', isBuilt: true });
    expect(result.value.stateMachines[0]?.definition).toMatchObject({ StartAt: 'P' });
    expect(result.value.queues.map(({ logicalId }) => logicalId)).toEqual(['Q']);
    expect(linesOf(result.value)).toEqual([
      'Values made up: BootstrapVersion of the Parameter Store: give parameters with --parameter-overrides',
    ]);
  });
});

describe('templates for emulators', () => {
  test('need no roles and no transform, and their APIs may have stages of one name', () => {
    const app = appOf(`Resources:
  M: { Type: AWS::StepFunctions::StateMachine, Properties: { Definition: { StartAt: P, States: { P: { Type: Pass, End: true } } } } }
  A: { Type: AWS::Serverless::Api, Properties: { StageName: Prod } }
  B: { Type: AWS::Serverless::Api, Properties: { StageName: Prod } }
`);

    expect(app.stateMachines[0]?.roleArn).toBe('arn:aws:iam::123456789012:role/shop-M');
    expect(app.restApis).toHaveLength(2);
    expect(linesOf(app)).toEqual([
      'Without effect here: the missing SAM transform',
      'Values made up: role of M: give parameters with --parameter-overrides',
    ]);
  });
});

describe('a definition alone', () => {
  test('is a machine with the name of its file', () => {
    const result = load(
      { 'flows/order-tea.asl.json': '{"StartAt":"P",\n"States":{"P":{"Type":"Pass","End":true}}}' },
      'flows/order-tea.asl.json',
    );

    expect(result.ok ? result.value.stateMachines[0] : result.problems).toMatchObject({
      logicalId: 'OrderTea',
      name: 'order-tea',
      definitionFile: 'flows/order-tea.asl.json',
      definition: { StartAt: 'P' },
    });
  });
});

describe('bad input', () => {
  test.each([
    ['[]', 'template.yaml:1: A template is a map with a Resources section'],
    ['a: 1', 'template.yaml:1: A template needs a Resources section'],
    [
      'Description: {{ cookiecutter.project_name }}\nResources: {}',
      'template.yaml:1: This is a placeholder of cookiecutter: make a project of it with "sam init --location", and start that',
    ],
    [
      'Resources:\n  Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt Q.QueueName } }',
      'template.yaml:2: Circular dependency between the names of resources: Q',
    ],
    [
      `${SAM}Resources: { F: { Type: AWS::Serverless::Function, Properties: { CodeUri: ., Handler: gone.handler, Runtime: nodejs22.x } } }`,
      'template.yaml:2: AWS::Lambda::Function F: Handler gone.handler names no file in .: there is no gone.mjs, gone.js, gone.cjs, gone.mts, gone.ts, gone.cts',
    ],
    [
      `${SAM}Resources: { F: { Type: AWS::Serverless::Function, Properties: { CodeUri: ., Handler: app.gone.handler, Runtime: python3.13 } } }`,
      'template.yaml:2: AWS::Lambda::Function F: Handler app.gone.handler names no file in .: there is no app/gone.py, app/gone/__init__.py',
    ],
    [
      `${SAM}Resources: { M: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: gone.asl.json } } }`,
      'template.yaml:2: gone.asl.json cannot be read: there is no such file',
    ],
  ])('%s is said with file and line', (template, problem) => {
    expect(problemsOf(template)).toContain(problem);
  });
});

describe('YAML as the tools of AWS read it', () => {
  test('may have brackets and quotes further left than the block around them', () => {
    const app = appOf(`Resources:
  Q:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Join ['-', [
    a,
    b
  ]]
Outputs:
  O:
    Value: "one
two"
`);

    expect(app.queues[0]?.name).toBe('a-b');
    expect(app.outputs['O']).toBe('one two');
  });

  test('takes the last of two entries with one key, and remarks it', () => {
    const app = appOf(
      'Resources:\n  Q: { Type: AWS::SQS::Queue }\n  Q: { Type: AWS::SNS::Topic }\n',
    );

    expect([app.queues.length, app.topics.length]).toEqual([0, 1]);
    expect(linesOf(app)).toEqual(['Without effect here: the first of two keys Q']);
  });
});
