import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from '../temporary-project.ts';

function template(uri: string, substitutions = '{}'): string {
  return `Transform: AWS::Serverless-2016-10-31
Resources:
  Queue: { Type: AWS::SQS::Queue }
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: ${uri}
      DefinitionSubstitutions: ${substitutions}
`;
}

function definition(file: string, text: string, substitutions: string) {
  const [machine] = appOf(template(file, substitutions), {}, { [file]: text }).stateMachines;
  return machine?.definition;
}

describe('readDefinition()', () => {
  test('substitutes in the text of a YAML file, so that a number stays one', () => {
    const text =
      'StartAt: A # ${Ignored} in a comment\nTimeoutSeconds: ${T}\nQueue: "${Q}/${T}"\nStates: {}\n';

    expect(definition('a.asl.yaml', text, '{ T: 30, Q: !GetAtt Queue.QueueName }')).toEqual({
      StartAt: 'A',
      TimeoutSeconds: 30,
      Queue: 'shop-Queue/30',
      States: {},
    });
  });

  test('substitutes in the text of a JSON file before it is JSON', () => {
    expect(
      definition('a.asl.json', '{"TimeoutSeconds": ${T}, "Q": "${Q}"}', '{ T: 30, Q: q }'),
    ).toEqual({
      TimeoutSeconds: 30,
      Q: 'q',
    });
  });

  test('blames no placeholder whose value is wrong where it is given', () => {
    const given = template('a.asl.yaml', '{ Q: !GetAtt Queu.QueueName }');

    expect(problemsOf(given, {}, { 'a.asl.yaml': 'Queue: "${Q}"\n' })).toEqual([
      expect.stringMatching(/^template\.yaml:8: .*Queu/),
    ]);
  });

  test('substitutes again in what it put in', () => {
    expect(definition('a.asl.json', '{"A": "${A}"}', "{ A: '${B}', B: b }")).toEqual({ A: 'b' });
  });

  test('substitutes in strings and keys of an inline definition', () => {
    const text = template('x', '{ N: B }').replace(
      'DefinitionUri: x',
      "Definition: { StartAt: '${N}', States: { '${N}': { Type: Succeed } } }",
    );

    expect(appOf(text).stateMachines[0]?.definition).toEqual({
      StartAt: 'B',
      States: { B: { Type: 'Succeed' } },
    });
  });

  test('reads a DefinitionString of plain CloudFormation', () => {
    const [machine] = appOf(`Resources:
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/r
      DefinitionString: !Sub '{"StartAt": "\${AWS::StackName}"}'
`).stateMachines;

    expect(machine?.definition).toEqual({ StartAt: 'shop' });
    expect(machine?.lineOf('StartAt')).toBe(6);
  });

  test('names what has no substitution, in the file of the definition', () => {
    const yaml =
      'StartAt: A\nStates:\n  A: { Resource: "${Queu}" }\n  B: { Resource: "${Other}" }\n';
    const json = '{\n "A": ${Queu},\n "B": "${Xyzzy}"\n}';

    expect(problemsOf(template('a.asl.yaml', '{ Queue: q }'), {}, { 'a.asl.yaml': yaml })).toEqual([
      'a.asl.yaml:3: ${Queu} has no substitution: did you mean Queue?',
      'a.asl.yaml:4: ${Other} has no substitution: give it in the DefinitionSubstitutions of the state machine',
    ]);
    expect(problemsOf(template('a.asl.json', '{ Queue: q }'), {}, { 'a.asl.json': json })).toEqual([
      'a.asl.json:2: ${Queu} has no substitution: did you mean Queue?',
      'a.asl.json:3: ${Xyzzy} has no substitution: give it in the DefinitionSubstitutions of the state machine',
    ]);
  });

  test('says where the definition does not parse, is missing, or is no map', () => {
    const read = (text: string) => problemsOf(template('a.asl.yaml'), {}, { 'a.asl.yaml': text });

    expect(read('StartAt: A\nStates: [\n')).toEqual([
      expect.stringMatching(/^a\.asl\.yaml:[23]: /),
    ]);
    expect(read('text')).toEqual([
      'a.asl.yaml:1: A state machine definition is a map with StartAt and States',
    ]);
    expect(problemsOf(template('b.asl.yaml'))).toEqual([
      'template.yaml:7: b.asl.yaml cannot be read: there is no such file',
    ]);
    expect(problemsOf(template('s3://bucket/key'))).toEqual([
      expect.stringContaining('the rehearsal reads DefinitionUri as a file of the project'),
    ]);
  });
});
