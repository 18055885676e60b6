import { describe, expect, test } from '@jest/globals';
import { Report } from '../report.ts';
import { lineOf } from './line-of.ts';
import { parseDocument } from './parse-document.ts';

const YAML = `StartAt: Charge
States:
  Charge:
    Type: Task
    Retry:
      - ErrorEquals: [A]
      - ErrorEquals: [B]
        MaxAttempts: 3
  Is it v1.0?:
    Type: Choice
    Choices:
      - Next: Done
  Is it:
    Type: Pass
`;

function line(text: string, path: string): number | undefined {
  const report = new Report();
  const root = parseDocument({ file: 'a', text, dialect: 'definition' }, report);
  return root && lineOf(root, path);
}

describe('lineOf()', () => {
  test.each([
    ['', 1],
    ['StartAt', 1],
    ['States.Charge', 3],
    ['States.Charge.Retry[1]', 7],
    ['States.Charge.Retry[1].MaxAttempts', 8],
    ['States.Is it v1.0?.Choices[0].Next', 12],
    ["States['Is it v1.0?'].Type", 10],
    ['States.Is it.Type', 14],
    ['$.States.Charge.Type', 4],
  ])('finds %s in YAML', (path, expected) => {
    expect(line(YAML, path)).toBe(expected);
  });

  test('finds a path in JSON', () => {
    expect(line('{"States": {\n "A": {\n  "Next": "B"}}}', 'States.A.Next')).toBe(3);
  });

  test('gives the line of the last part that is there', () => {
    expect(line(YAML, 'States.Charge.Catch[0].Next')).toBe(3);
    expect(line(YAML, 'States.Charge.Retry[5]')).toBe(5);
  });
});
