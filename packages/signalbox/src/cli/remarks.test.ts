import { describe, expect, test } from '@jest/globals';
import { createRemarks } from './remarks.ts';

function take(verbose: boolean, lines: readonly string[]): readonly string[] {
  const said: string[] = [];
  const remarks = createRemarks({ say: (line) => said.push(line) }, verbose);
  for (const line of lines) remarks.take(line);
  remarks.unfold();
  remarks.take('Remark, said once: later');
  return said;
}

const LINES = ['Remark, said once: a', 'A bug of the rehearsal: b', 'Remark, said once: c'];

describe('createRemarks()', () => {
  test('folds remarks into a count, and says anything else at once', () => {
    expect(take(false, LINES)).toEqual([
      'A bug of the rehearsal: b',
      '2 remarks on events that no rule wanted: --verbose shows them',
      'Remark, said once: later',
    ]);
  });

  test('says each as it comes where the user wants to see all', () => {
    expect(take(true, LINES)).toEqual([...LINES, 'Remark, said once: later']);
  });
});
