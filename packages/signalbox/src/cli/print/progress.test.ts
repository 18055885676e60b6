import { describe, expect, test } from '@jest/globals';
import { createProgress } from './progress.ts';

function recorded(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, columns: 20, write: (text: string) => written.push(text) };
  return { written, progress: createProgress(stream) };
}

describe('createProgress()', () => {
  test('shows a line that fits the terminal, and takes it away', () => {
    const { written, progress } = recorded(true);
    progress.show('A title that is longer than the line');
    progress.clear();
    progress.clear();
    expect(written).toEqual(['\r\u001b[2KA title that is lon', '\r\u001b[2K']);
  });

  test('writes nothing where there is no terminal', () => {
    const { written, progress } = recorded(false);
    progress.show('A title');
    progress.clear();
    expect(written).toEqual([]);
  });
});
