import { afterEach, describe, expect, test } from '@jest/globals';
import { requiredNumber, requiredVariable } from './environment.ts';

afterEach(() => {
  delete process.env['SIGNALBOX_TEST'];
});

describe('requiredVariable()', () => {
  test('reads a variable that is set', () => {
    process.env['SIGNALBOX_TEST'] = 'orders';

    expect(requiredVariable('SIGNALBOX_TEST')).toBe('orders');
  });

  test.each([undefined, ''])('names a variable that is %p', (value) => {
    if (value !== undefined) process.env['SIGNALBOX_TEST'] = value;

    expect(() => requiredVariable('SIGNALBOX_TEST')).toThrow(
      'Cannot start: set the environment variable "SIGNALBOX_TEST" of this function in its template',
    );
  });
});

describe('requiredNumber()', () => {
  test('reads a positive whole number', () => {
    process.env['SIGNALBOX_TEST'] = '5000';

    expect(requiredNumber('SIGNALBOX_TEST')).toBe(5_000);
  });

  test.each(['0', '-1', '1.5', 'ten', ' 5', '1e3'])('refuses %p', (value) => {
    process.env['SIGNALBOX_TEST'] = value;

    expect(() => requiredNumber('SIGNALBOX_TEST')).toThrow('write a positive whole number');
  });
});
