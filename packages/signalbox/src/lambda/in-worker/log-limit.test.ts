import { describe, expect, test } from '@jest/globals';
import { limitLog, MOST_CHARACTERS, MOST_LINES } from './log-limit.ts';

function createLog() {
  const lines: string[] = [];
  return { lines, limit: limitLog((line) => lines.push(line)) };
}

describe('limitLog()', () => {
  test('lets a usual log through', () => {
    const { lines, limit } = createLog();

    for (const line of ['one', 'two']) limit.emit(line);
    limit.reset();

    expect(lines).toEqual(['one', 'two']);
  });

  test('leaves out lines beyond its bound, says so, and begins anew', () => {
    const { lines, limit } = createLog();

    for (let line = 0; line < MOST_LINES + 7; line += 1) limit.emit('x');
    limit.reset();
    limit.emit('next');

    expect(lines).toHaveLength(MOST_LINES + 2);
    expect(lines.at(-2)).toContain('left out 7 log lines');
    expect(lines.at(-1)).toBe('next');
  });

  test('cuts a line that is longer than all that is kept', () => {
    const { lines, limit } = createLog();

    limit.emit('x'.repeat(MOST_CHARACTERS + 10));
    limit.emit('y');
    limit.reset();

    expect(lines[0]).toHaveLength(MOST_CHARACTERS + 1);
    expect(lines[1]).toContain('left out 1 log lines');
  });
});
