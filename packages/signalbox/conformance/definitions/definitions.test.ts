import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { runDefinitionCases } from './run-definition-cases.ts';

describe('a definition', () => {
  test('is refused, fails or succeeds as on AWS', async () => {
    const cases = fileURLToPath(new URL('./cases.json', import.meta.url));

    const { total, differences } = await runDefinitionCases(cases, '');

    expect(total).toBeGreaterThan(150);
    expect([...differences]).toEqual([]);
  });

  test('that differs is reported with what was seen', async () => {
    const wrong = fileURLToPath(new URL('./wrong-case.json', import.meta.url));

    const { differences } = await runDefinitionCases(wrong, '');

    expect([...differences]).toEqual([['one-is-two', '{"status":"SUCCEEDED","output":"1"}']]);
  });
});
