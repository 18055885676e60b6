import { describe, expect, test } from '@jest/globals';
import { problemsOf } from './temporary-project.ts';

const template = (rules: string): string => `Parameters:
  Environment: { Type: String, Default: prod }
  Email: { Type: String, Default: '' }
Rules:
${rules}
Resources: { Queue: { Type: AWS::SQS::Queue } }
`;

const watched = (environment: string): string =>
  template(`  Watched:
    RuleCondition: !Equals [!Ref Environment, ${environment}]
    Assertions:
      - Assert: !Not [!Equals [!Ref Email, '']]
        AssertDescription: prod needs an Email`);

describe('checkRules()', () => {
  test('refuses parameters that an assertion does not allow, in its words', () => {
    expect(problemsOf(watched('prod'))).toEqual([
      'template.yaml:8: Rule Watched: prod needs an Email',
    ]);
  });

  test('asks nothing where the condition of the rule is false', () => {
    expect(problemsOf(watched('dev'))).toEqual([]);
  });

  test.each([
    ['[[dev, prod], !Ref Environment]', []],
    ['[[dev, staging], !Ref Environment]', ['template.yaml:6: Rule Known: an assertion is false']],
  ])('looks into a list: Fn::Contains %s', (argument, problems) => {
    const rules = `  Known:\n    Assertions: [{ Assert: { Fn::Contains: ${argument} } }]`;
    expect(problemsOf(template(rules))).toEqual(problems);
  });

  test.each([
    ['  A: { Assertions: [] }', 'Rule A needs a list of Assertions'],
    ['  A: { Assertions: [{ AssertDescription: x }] }', 'An assertion of rule A needs Assert'],
    ['  A: text', 'Rule A is a map'],
    [
      '  A: { Assertions: [{ Assert: !Equals [a, a], Why: x }] }',
      'An assertion of rule A has no Why',
    ],
  ])('refuses %s', (rules, message) => {
    expect(problemsOf(template(rules)).join('\n')).toContain(message);
  });
});
