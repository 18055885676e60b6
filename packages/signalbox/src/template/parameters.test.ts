import { describe, expect, test } from '@jest/globals';
import { appOf, problemsOf } from './temporary-project.ts';

function template(declaration: string): string {
  return `Parameters:\n  P: ${declaration}\nResources: { Queue: { Type: AWS::SQS::Queue } }\nOutputs: { P: { Value: !Join ["|", [!Ref P]] } }\n`;
}

describe('readParameters()', () => {
  test.each([
    ['{ Type: String, Default: a }', {}, 'a'],
    ['{ Type: String, Default: a }', { P: 'b c' }, 'b c'],
    ['{ Type: String, Default: 1.10 }', {}, '1.10'],
    ['{ Type: String, AllowedPattern: "[a-z]+" }', { P: 'abc' }, 'abc'],
    ['{ Type: Number, MinValue: 1, MaxValue: 3 }', { P: '2' }, '2'],
    ['{ Type: AWS::EC2::VPC::Id }', { P: 'vpc-1' }, 'vpc-1'],
    ["{ Type: String, Default: '' }", {}, ''],
  ])('takes %s with %j', (declaration, overrides, expected) => {
    expect(appOf(template(declaration), overrides).outputs['P']).toBe(expected);
  });

  test('shows no secret', () => {
    expect(appOf(template('{ Type: String, NoEcho: true, Default: x }')).parameters).toEqual({
      P: '****',
    });
  });

  test('puts the endpoint into overrides', () => {
    const app = appOf(template('{ Type: String }'), { P: '${SIGNALBOX_ENDPOINT}/pay' });

    expect(app.parameters).toEqual({ P: 'http://127.0.0.1:4700/pay' });
  });

  test('shows a list as its text', () => {
    const declaration = '{ Type: CommaDelimitedList, Default: "a, b" }';
    const text = `Parameters:\n  P: ${declaration}\nResources: { Queue: { Type: AWS::SQS::Queue } }\n`;

    expect(appOf(text).parameters).toEqual({ P: 'a,b' });
  });

  test.each([
    [
      '{ Type: String }',
      {},
      'Parameter P needs a value: give a Default, or name it in parameter_overrides',
    ],
    [
      '{ Type: Sting, Default: a }',
      {},
      'Parameter P needs a Type other than Sting: did you mean String?',
    ],
    ['{ Default: a }', {}, 'Parameter P needs a Type'],
    [
      '{ Type: AWS::SSM::Parameter::Value<String>, Default: /a }',
      {},
      'Parameter P: the rehearsal reads no Parameter Store of the cloud, so it refuses type AWS::SSM::Parameter::Value<String>: take a String with a Default',
    ],
    [
      '{ Type: String, AllowedValues: [a, b] }',
      { P: 'c' },
      'Parameter P must be one of a, b, not c',
    ],
    [
      '{ Type: String, AllowedPattern: "[a-z]+", ConstraintDescription: lower case }',
      { P: 'a1' },
      'Parameter P must match the pattern [a-z]+, and "a1" does not (lower case)',
    ],
    ['{ Type: String, MinLength: 3 }', { P: 'a' }, 'Parameter P must have 3 characters or more'],
    [
      '{ Type: String, MaxLength: 3 }',
      { P: 'abcd' },
      'Parameter P must have 3 characters or fewer',
    ],
    ['{ Type: Number }', { P: 'x' }, 'Parameter P must be a number, not "x"'],
    ['{ Type: Number, MinValue: 2 }', { P: '1' }, 'Parameter P must be 2 or more, not 1'],
    ['{ Type: Number, MaxValue: 2 }', { P: '3' }, 'Parameter P must be 2 or less, not 3'],
    ['{ Type: List<Number>, MaxValue: 2 }', { P: '1,3' }, 'Parameter P must be 2 or less, not 3'],
    ['{ Type: String, Default: a, Allowed: [a] }', {}, 'A parameter has no Allowed'],
    ['text', {}, 'Parameter P must be a map with a Type'],
  ])('refuses %s with %j', (declaration, overrides, message) => {
    expect(problemsOf(template(declaration), overrides)).toEqual([`template.yaml:2: ${message}`]);
  });

  test('refuses an override of no parameter', () => {
    const problems = problemsOf(template('{ Type: String, Default: a }'), { Pp: 'x' });

    expect(problems).toEqual([
      'template.yaml:1: Parameter Pp has a value but is not in the template: did you mean P?',
    ]);
  });
});
