import { describe, expect, test } from '@jest/globals';
import { problemText } from '../../core/result.ts';
import { Report } from '../report.ts';
import { toJson, valueAt } from './node.ts';
import { parseDocument } from './parse-document.ts';

function parse(text: string, dialect: 'template' | 'definition' = 'template') {
  const report = new Report();
  const root = parseDocument({ file: 'a.yaml', text, dialect }, report);
  return { root, json: root && toJson(root), problems: report.problems.map(problemText) };
}

describe('parseDocument()', () => {
  test('writes short tags in their full form, at their own place', () => {
    const { json, root } = parse(
      'a: !Sub x\nb:\n  - !If\n    - C\n    - !Ref D\n    - !GetAtt E.F\n',
    );

    expect(json).toEqual({
      a: { 'Fn::Sub': 'x' },
      b: [{ 'Fn::If': ['C', { Ref: 'D' }, { 'Fn::GetAtt': 'E.F' }] }],
    });
    expect(valueAt(root, 'a')?.place).toEqual({ file: 'a.yaml', line: 1, column: 4 });
    const list = valueAt(root, 'b');
    expect(list?.kind === 'list' && list.items[0]?.place).toEqual({
      file: 'a.yaml',
      line: 3,
      column: 5,
    });
  });

  test('reads JSON with its lines', () => {
    const { json, root } = parse('{\n\t"a": 1,\n\t"b": {"Ref": "C"}\n}');

    expect(json).toEqual({ a: 1, b: { Ref: 'C' } });
    expect(valueAt(root, 'b')?.place.line).toBe(3);
  });

  test('reads scalars as the SAM CLI does', () => {
    const { json } = parse("a: yes\nb: y\nc: 2012-10-17\nd: .\ne: '012'\nf: off\ng: ~\nh: 1.5\n");

    expect(json).toEqual({
      a: true,
      b: 'y',
      c: '2012-10-17',
      d: '.',
      e: '012',
      f: false,
      g: null,
      h: 1.5,
    });
  });

  test('reads yes as text in a definition', () => {
    expect(parse('a: yes\nb: true\n', 'definition').json).toEqual({ a: 'yes', b: true });
  });

  test('expands anchors, and merges maps below their own keys', () => {
    const { json } = parse(
      'a: &x { p: 1, q: 2 }\nb: { <<: *x, q: 3 }\nc: *x\nd: { <<: [*x, { r: 4 }] }\n',
    );

    expect(json).toEqual({
      a: { p: 1, q: 2 },
      b: { p: 1, q: 3 },
      c: { p: 1, q: 2 },
      d: { p: 1, q: 2, r: 4 },
    });
  });

  test('refuses anchors and merges in a definition, which CloudFormation would not resolve', () => {
    expect(parse('a: &x { p: 1 }\nb: *x\nc:\n  <<: *x\n', 'definition').problems).toEqual([
      'a.yaml:2: *x is not resolved in a definition file: write the value out',
      'a.yaml:4: << is not merged in a definition file: write the keys out',
    ]);
  });

  test('refuses a tag that CloudFormation does not know', () => {
    expect(parse('a: 1\nb: !Subb x\n').problems).toEqual([
      'a.yaml:2: !Subb is no CloudFormation function: did you mean !Sub?',
    ]);
  });

  test('refuses a CloudFormation tag in a definition', () => {
    expect(parse('a: !Ref B\n', 'definition').problems).toEqual([
      'a.yaml:1: !Ref is not resolved in a definition file: name a DefinitionSubstitution in its place',
    ]);
  });

  test('refuses a key that stands twice, at its second place', () => {
    expect(parse('a: 1\nb: 2\na: 3\n').problems).toEqual(['a.yaml:3: Map keys must be unique']);
  });

  test('says where a text stops being YAML', () => {
    const { root, problems } = parse('a: 1\nb: [1, 2\nc: 3\n');

    expect(root).toBeUndefined();
    expect(problems[0]).toMatch(/^a\.yaml:[234]: /);
  });

  test('refuses aliases without end', () => {
    const bomb = ['a: &a [x, x]'];
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'].map((pair) => [
      ...pair,
    ])) {
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]`);
    }
    expect(parse(bomb.join('\n')).problems).toContainEqual(
      expect.stringContaining('contains itself, or too many others'),
    );
  });

  test('reads an empty file as null', () => {
    expect(parse('').json).toBeNull();
  });
});
