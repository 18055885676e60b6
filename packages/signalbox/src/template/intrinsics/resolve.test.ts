import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { appOf, problemsOf } from '../temporary-project.ts';

const HEAD = `Transform: AWS::LanguageExtensions
Parameters:
  Name: { Type: String, Default: box }
  Count: { Type: Number, Default: '3' }
  Zones: { Type: CommaDelimitedList, Default: 'a, b,c' }
Mappings:
  Sizes:
    small: { Memory: 128, Names: [x, y] }
Conditions:
  IsBox: !Equals [!Ref Name, box]
  IsOther: !Not [!Condition IsBox]
  Both: !And [!Condition IsBox, !Equals [!Ref Count, 3]]
  Either: !Or [!Condition IsOther, !Condition IsBox]
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Hidden: { Type: AWS::SQS::Queue, Condition: IsOther }
Outputs:
`;
const FIRST_LINE = HEAD.split('\n').length;

function output(expression: string): string | undefined {
  return appOf(`${HEAD}  Answer:\n    Value: ${expression}\n`).outputs['Answer'];
}

describe('resolve()', () => {
  test.each([
    ['!Ref Name', 'box'],
    ['{ Ref: Name }', 'box'],
    ['!Ref Count', '3'],
    ['!Ref Queue', 'http://127.0.0.1:4700/123456789012/shop-Queue'],
    ['!Ref AWS::Region', 'eu-west-1'],
    ['!Ref AWS::AccountId', '123456789012'],
    ['!Ref AWS::StackName', 'shop'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref AWS::URLSuffix', 'amazonaws.com'],
    ['!GetAtt Queue.Arn', 'arn:aws:sqs:eu-west-1:123456789012:shop-Queue'],
    ['!GetAtt [Queue, QueueName]', 'shop-Queue'],
    ['{ Fn::GetAtt: [Queue, Arn] }', 'arn:aws:sqs:eu-west-1:123456789012:shop-Queue'],
    [
      "!Sub '${Name}-${Queue.QueueName}-${!Name}-${AWS::Region}'",
      'box-shop-Queue-${Name}-eu-west-1',
    ],
    ["!Sub ['${A}${Name}', { A: !Ref Count }]", '3box'],
    ['!Join ["-", [a, !Ref Name, !Ref Count]]', 'a-box-3'],
    ['!Join [",", !Ref Zones]', 'a,b,c'],
    ['!Join ["", [a, !Ref AWS::NoValue, b]]', 'ab'],
    ['!Select [1, !Ref Zones]', 'b'],
    ['!Select ["0", !Split ["|", "p|q"]]', 'p'],
    ['!Join ["+", !Split [".", "a.b.c"]]', 'a+b+c'],
    ['!FindInMap [Sizes, small, Memory]', '128'],
    ['!Select [1, !FindInMap [Sizes, small, Names]]', 'y'],
    ['!FindInMap [Sizes, large, Memory, { DefaultValue: none }]', 'none'],
    ['!If [IsBox, right, wrong]', 'right'],
    ['!If [IsOther, wrong, right]', 'right'],
    ['!If [Both, right, wrong]', 'right'],
    ['!If [Either, right, wrong]', 'right'],
    ['!Base64 hello', 'aGVsbG8='],
    ["!Join [' ', !Cidr [10.0.0.0/16, 3, 8]]", '10.0.0.0/24 10.0.1.0/24 10.0.2.0/24'],
    ["!Select [2, !GetAZs '']", 'eu-west-1c'],
    ['!Select [0, !GetAZs us-east-1]', 'us-east-1a'],
    ['!ToJsonString { a: [1, !Ref Name] }', '{"a":[1,"box"]}'],
    ['!Length [x, y, z]', '3'],
  ])('evaluates %s', (expression, expected) => {
    expect(output(expression)).toBe(expected);
  });

  test('gives the stack an ARN of its own that stays the same', () => {
    expect(output('!Ref AWS::StackId')).toMatch(
      /^arn:aws:cloudformation:eu-west-1:123456789012:stack\/shop\/[0-9a-f-]{36}$/,
    );
    expect(output('!Ref AWS::StackId')).toBe(output('!Ref AWS::StackId'));
  });

  test.each([
    [
      '!Ref Nmae',
      'Nmae is neither a parameter nor a resource of this template: did you mean Name?',
    ],
    ['!Ref Hidden', 'Hidden is not created: its condition IsOther is false'],
    [
      '!GetAtt Quueue.Arn',
      'Quueue is neither a parameter nor a resource of this template: did you mean Queue?',
    ],
    [
      '!GetAtt Queue.Arm',
      'Queue is of type AWS::SQS::Queue, which has no attribute Arm: did you mean Arn?',
    ],
    ['!GetAtt Queue', 'Fn::GetAtt takes LogicalId.Attribute, or [LogicalId, Attribute]'],
    [
      "!Sub '${Nmae}'",
      'Nmae is neither a parameter nor a resource of this template: did you mean Name?',
    ],
    ["!Sub '${Zones}'", 'Fn::Sub takes a string for ${Zones}'],
    ['!Sub [a]', 'Fn::Sub takes a text, or [text, { Name: value }]'],
    ['!Join [a]', 'Fn::Join takes [delimiter, [values]]'],
    ['!Join [a, b]', 'Fn::Join takes a list for its values'],
    [
      '!Select [7, !Ref Zones]',
      'Fn::Select cannot select value 7 of 3: the first has index 0; where the list comes of a parameter, give it with --parameter-overrides',
    ],
    ['!Split ["", a]', 'Fn::Split takes a delimiter of one character or more'],
    [
      '!FindInMap [Sizes, smal, Memory]',
      'Fn::FindInMap finds no smal in Mappings.Sizes: did you mean small?',
    ],
    [
      '!FindInMap [Size, small, Memory]',
      'Fn::FindInMap finds no Size in Mappings: did you mean Sizes?',
    ],
    ['!If [IsBoks, a, b]', 'IsBoks is not in Conditions: did you mean IsBox?'],
    ['!If [IsBox, a]', 'Fn::If takes [condition, value when true, value when false]'],
    [
      '!Equals [a, b]',
      'Fn::Equals is for the Conditions section only: name the condition and use Fn::If',
    ],
    [
      '!ImportValue other',
      'Fn::ImportValue reads the exports of other stacks, and the rehearsal has none: take a parameter',
    ],
    [
      '!Transform { Name: AWS::Include }',
      'Fn::Transform runs a macro in the cloud: write what it would give into the template',
    ],
    ['{ Fn::Subb: a }', 'Fn::Subb is no function that the rehearsal knows: did you mean Fn::Sub?'],
    [
      '!Cidr [10.0.0.0/33, 1, 8]',
      'Fn::Cidr takes an IPv4 block such as 10.0.0.0/16, not 10.0.0.0/33',
    ],
    ['!Cidr [10.0.0.0/24, 9, 8]', 'Fn::Cidr cannot cut 9 ranges of 8 bits from 10.0.0.0/24'],
    ['!ToJsonString a', 'Fn::ToJsonString takes a map or a list'],
    [
      "'{{resolve:ssm:/a}}'",
      '{{resolve:ssm:/a}} is a dynamic reference, which the rehearsal does not follow: use Ref, or a parameter',
    ],
  ])('refuses %s at its line', (expression, message) => {
    const problems = problemsOf(`${HEAD}  Answer:\n    Value: ${expression}\n`);

    expect(problems).toEqual([`template.yaml:${FIRST_LINE + 1}: ${message}`]);
  });

  test('says what may stand between ${ and }', () => {
    const problems = problemsOf(`${HEAD}  Answer:\n    Value: !Sub 'a \${b c}'\n`);

    expect(problems).toContain(
      `template.yaml:${FIRST_LINE + 1}: Fn::Sub takes letters, digits, periods and colons in \${b c}: write \${!b c} for the text itself`,
    );
  });

  test.each(['!Length [a]', '!ToJsonString [a]', '!FindInMap [M, a, b, { DefaultValue: c }]'])(
    'refuses %s without the language extensions',
    (expression) => {
      const template = `Mappings: { M: { a: { x: y } } }
Resources: { Queue: { Type: AWS::SQS::Queue } }
Outputs:
  Answer: { Value: ${expression} }
`;
      expect(problemsOf(template)).toEqual([
        expect.stringContaining('works with the AWS::LanguageExtensions transform only'),
      ]);
    },
  );

  test('checks the branch that is not taken, and the resource that is not created', () => {
    const template = `Conditions: { Never: !Equals [a, b] }
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !If [Never, !Ref Missing, name]
  Other:
    Type: AWS::SQS::Queue
    Condition: Never
    DependsOn: Gone
    Properties: { QueueName: !GetAtt Lost.Arn }
`;
    expect(problemsOf(template)).toEqual([
      'template.yaml:6: Missing is neither a parameter nor a resource of this template',
      'template.yaml:10: DependsOn names Gone, which is no resource of this template',
      'template.yaml:11: Lost is neither a parameter nor a resource of this template',
    ]);
  });

  test('joins what it splits', () => {
    const word = fc.stringMatching(/^[a-z,;-]{0,12}$/);
    fc.assert(
      fc.property(word, fc.constantFrom(',', ';', '-'), (text, delimiter) => {
        const split = `!Split ['${delimiter}', '${text}']`;
        expect(output(`!Join ['${delimiter}', ${split}]`)).toBe(text);
      }),
      { numRuns: 25 },
    );
  });

  test('leaves a text as it was when every ${ is escaped', () => {
    const text = fc.stringMatching(/^[a-z${}.: -]{1,20}$/).filter((it) => !/\$\{!/.test(it));
    fc.assert(
      fc.property(text, (original) => {
        const escaped = original.replace(/\$\{(?=[^{}]*\})/g, '${!');
        expect(output(`!Sub ${JSON.stringify(escaped)}`)).toBe(original);
      }),
      { numRuns: 50 },
    );
  });
});

describe('createConditions()', () => {
  const template = (conditions: string): string =>
    `Parameters: { Name: { Type: String, Default: box } }
Conditions:
${conditions}
Resources: { Queue: { Type: AWS::SQS::Queue } }
`;

  test.each([
    ['  A: !Condition B', 'B is not in Conditions'],
    ['  A: !Not [!Condition A]', 'Condition A depends on itself'],
    [
      '  A: !Equals [!Ref Queue, x]',
      'Queue is no parameter, and a condition may refer to nothing else',
    ],
    ['  A: !Equals [x]', 'Fn::Equals takes [value, value]'],
    ['  A: !And [!Equals [a, a]]', 'Fn::And takes 2 to 10 conditions'],
    ['  A: true', 'A condition is one of Fn::Equals, Fn::Not, Fn::And, Fn::Or or Condition'],
  ])('refuses %s', (conditions, message) => {
    expect(problemsOf(template(conditions))).toEqual([`template.yaml:3: ${message}`]);
  });
});
