import { describe, expect, test } from '@jest/globals';
import { withValueAt } from './settings.ts';

const plan = { version: 1, waves: [{ name: 'first' }, { name: 'second', steps: [1] }] };

describe('withValueAt()', () => {
  test('gives a copy with another value, and leaves the rest as it is', () => {
    expect(withValueAt(plan, ['waves', '1', 'steps', '0'], { kind: 'x' })).toEqual({
      version: 1,
      waves: [{ name: 'first' }, { name: 'second', steps: [{ kind: 'x' }] }],
    });
    expect(withValueAt(plan, ['waves', '0', 'mayRaise'], true)).toEqual({
      version: 1,
      waves: [{ name: 'first', mayRaise: true }, plan.waves[1]],
    });
    expect(plan.waves[0]).toEqual({ name: 'first' });
  });

  test.each([
    [['wave', '0'], 'wave.0'],
    [['waves', '2'], '2'],
    [['waves', 'x'], 'x'],
    [['version', 'major'], 'major'],
  ])('refuses %j', (path, where) => {
    expect(() => withValueAt(plan, path, 1)).toThrow(`Nothing is at ${where} of the setting`);
  });
});
