import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { RecordedCase } from './recorded-case.ts';
import { runRedriveCase } from './run-redrive-case.ts';

const cases: readonly RecordedCase[] = JSON.parse(
  readFileSync(new URL('./redrive-cases/redrive.json', import.meta.url), 'utf8'),
);

describe('RedriveExecution', () => {
  test.each(cases.map((own) => [own.id, own] as const))('%s', async (_, own) => {
    const { status, output, error, types } = await runRedriveCase(own);

    expect({ status, output, error }).toEqual({
      status: own.expectedStatus,
      output: own.expectedOutput,
      error: own.expectedError,
    });
    expect(types).toEqual(own.expectedTypes ?? types);
    expect(types.filter((type) => type === 'ExecutionRedriven')).toHaveLength(1);
  });
});
