import { describe, expect, test } from '@jest/globals';
import { invocationsIn } from './invocations.ts';

function line(atMs: number, message: string) {
  return { key: String(atMs), atMs, message };
}

describe('invocationsIn()', () => {
  test('finds what Lambda reports, as text and as JSON, the newest first', () => {
    const lines = [
      line(1, 'START RequestId: one Version: $LATEST'),
      line(2, '{"level":"INFO","message":"REPORT RequestId: none"}'),
      line(
        3,
        'REPORT RequestId: one\tDuration: 114.93 ms\tBilled Duration: 115 ms\tMemory Size: 256 MB\tMax Memory Used: 24 MB\tInit Duration: 80.5 ms',
      ),
      line(
        4,
        '{"time":"2026-01-05T10:00:00Z","type":"platform.report","record":{"requestId":"two","metrics":{"durationMs":8.25,"billedDurationMs":9,"memorySizeMB":128,"maxMemoryUsedMB":60}}}',
      ),
    ];
    expect(invocationsIn(lines)).toEqual([
      { requestId: 'two', endedMs: 4, durationMs: 8.25, initMs: undefined, usedMb: 60 },
      { requestId: 'one', endedMs: 3, durationMs: 114.93, initMs: 80.5, usedMb: 24 },
    ]);
  });
});
