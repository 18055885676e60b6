import { describe, expect, test } from '@jest/globals';
import { toJson } from '../document/node.ts';
import { parseDocument } from '../document/parse-document.ts';
import { Report } from '../report.ts';
import { readSections } from '../sections.ts';
import { mergeGlobals } from './globals.ts';

function merged(globals: string, properties: string, attributes = '') {
  const text = `Transform: AWS::Serverless-2016-10-31
Globals: ${globals}
Resources:
  F: { Type: AWS::Serverless::Function, ${attributes} Properties: ${properties} }
`;
  const report = new Report();
  const root = parseDocument({ file: 't.yaml', text, dialect: 'template' }, report);
  const template = root && readSections(root, report);
  const [resource] = template ? mergeGlobals(template.globals, template.resources, report) : [];
  return {
    properties: resource && toJson(resource.properties),
    problems: report.problems.map(({ line, message }) => `${line}: ${message}`),
  };
}

describe('mergeGlobals()', () => {
  test.each([
    [
      '{ Function: { Timeout: 3, Handler: a.b } }',
      '{ Timeout: 5 }',
      { Timeout: 5, Handler: 'a.b' },
    ],
    [
      '{ Function: { Environment: { Variables: { A: 1, B: 2 } } } }',
      '{ Environment: { Variables: { B: 3, C: 4 } } }',
      { Environment: { Variables: { A: 1, B: 3, C: 4 } } },
    ],
    ['{ Function: { Layers: [a, b] } }', '{ Layers: [b] }', { Layers: ['a', 'b', 'b'] }],
    ['{ Function: { Timeout: !Ref A } }', '{ Timeout: !Ref B }', { Timeout: { Ref: 'B' } }],
    ['{ Function: { Tags: { A: 1 } } }', '{ Tags: !Ref B }', { Tags: { Ref: 'B' } }],
    ['{ HttpApi: { Tags: { A: 1 } } }', '{ Timeout: 5 }', { Timeout: 5 }],
  ])('merges %s under %s', (globals, properties, expected) => {
    expect(merged(globals, properties)).toEqual({ properties: expected, problems: [] });
  });

  test('leaves out what IgnoreGlobals names', () => {
    const globals = '{ Function: { Timeout: 3, Handler: a.b } }';

    expect(merged(globals, '{}', "IgnoreGlobals: '*',").properties).toEqual({});
    expect(merged(globals, '{}', 'IgnoreGlobals: [Timeout],').properties).toEqual({
      Handler: 'a.b',
    });
    expect(merged(globals, '{}', 'IgnoreGlobals: [Timeou],').problems).toEqual([
      '4: F: IgnoreGlobals names Timeou, which is not in Globals: did you mean Timeout?',
    ]);
  });

  test.each([
    ['{ Functions: {} }', 'The rehearsal knows no Globals of Functions: did you mean Function?'],
    ['{ Apis: {} }', 'The rehearsal knows no Globals of Apis: did you mean Api?'],
    ['{ Function: { Policies: [] } }', 'Policies is no property that Globals.Function takes'],
    ['{ Function: [] }', 'Globals.Function is a map of properties'],
  ])('refuses %s', (globals, message) => {
    expect(merged(globals, '{}').problems).toEqual([expect.stringContaining(`2: ${message}`)]);
  });
});
