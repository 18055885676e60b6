import { describe, expect, test } from '@jest/globals';
import { allLines, foldedLines } from './fold-problems.ts';
import type { Problem } from './result.ts';

const at = (line: number, message: string, more: Partial<Problem> = {}): Problem => ({
  file: 'template.yaml',
  line,
  message,
  ...more,
});

const PROBLEMS = [
  at(1, 'Bus is missing', { mistake: 'Bus' }),
  at(2, 'Size must be a number'),
  at(3, 'Bus is missing', { mistake: 'Bus' }),
  at(4, 'Bus is missing', { mistake: 'Bus' }),
  at(5, 'Queue is missing', { mistake: 'Queue' }),
];

describe('foldedLines', () => {
  test('writes a line for each mistake, the one with most consequences last', () => {
    expect(foldedLines(PROBLEMS)).toEqual([
      'template.yaml:2: Size must be a number',
      'template.yaml:5: Queue is missing',
      'template.yaml:1: Bus is missing (and 2 more that follow from it)',
    ]);
    expect(foldedLines([])).toEqual([]);
  });

  test('shows the cause where a problem says that it is one', () => {
    const cause = at(9, 'No section Parameter', { mistake: 'sections', isCause: true });
    const problems = [at(1, 'Size is missing', { mistake: 'sections' }), cause];
    expect(foldedLines(problems)).toEqual([
      'template.yaml:9: No section Parameter (and 1 more that follows from it)',
    ]);
  });
});

describe('allLines', () => {
  test('writes every problem, the cause after its consequences', () => {
    expect(allLines(PROBLEMS).slice(-3)).toEqual([
      'template.yaml:3: Bus is missing',
      'template.yaml:4: Bus is missing',
      'template.yaml:1: Bus is missing',
    ]);
    expect(allLines(PROBLEMS)).toHaveLength(PROBLEMS.length);
  });
});
