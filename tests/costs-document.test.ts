import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

test('docs/costs.md counts at rest what the templates have', () => {
  const { status, stderr } = spawnSync(process.execPath, ['bin/costs.mjs', '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
