import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { reportStrayErrors } from './stray-errors.ts';

describe('reportStrayErrors()', () => {
  test.each(['unhandledRejection', 'uncaughtException'])(
    'says of an %s where it was thrown and what to do',
    (event) => {
      const emitter = new EventEmitter();
      const said: string[] = [];
      reportStrayErrors((text) => said.push(text), emitter);
      emitter.emit(event, new RangeError('too deep'));
      expect(said).toEqual([expect.stringMatching(/RangeError: too deep\n.*stray-errors\.test/s)]);
      expect(said[0]).toContain('Report these lines');
    },
  );

  test('listens no longer when it is ended', () => {
    const emitter = new EventEmitter();
    reportStrayErrors(() => undefined, emitter)();
    expect(emitter.eventNames()).toEqual([]);
  });
});
