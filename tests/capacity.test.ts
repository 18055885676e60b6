import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';

describe('docs/capacity.md', () => {
  test('has the tables that docs/capacity.json makes', () => {
    const { status, stderr } = spawnSync(process.execPath, ['bin/capacity.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
