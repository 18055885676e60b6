import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { generatedDirectory } from './generated-directory.ts';

let root: string;
let temporary: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'signalbox-project-'));
  temporary = mkdtempSync(join(tmpdir(), 'signalbox-temporary-'));
});

const readOnly = { canWrite: () => false, cacheHome: undefined };

describe('generatedDirectory()', () => {
  test('is in the project where that is writable', () => {
    const options = { canWrite: () => true, cacheHome: '/cache', temporary };
    expect(generatedDirectory(root, options)).toBe(join(root, '.signalbox'));
  });

  test('asks the folder itself where it is there', () => {
    mkdirSync(join(root, '.signalbox'));
    const canWrite = (path: string): boolean => path === join(root, '.signalbox');
    const options = { canWrite, cacheHome: '/cache', temporary };
    expect(generatedDirectory(root, options)).toBe(join(root, '.signalbox'));
  });

  test('is in the cache of the user where the project is read-only', () => {
    const options = { ...readOnly, cacheHome: '/cache', temporary };
    expect(generatedDirectory(root, options)).toMatch(/^\/cache\/signalbox\/signalbox-project-.*/);
    expect(existsSync('/cache')).toBe(false);
  });

  test('is in the temporary directory where there is no cache', () => {
    const options = { ...readOnly, temporary };
    expect(generatedDirectory(root, options).startsWith(join(temporary, 'signalbox-'))).toBe(true);
  });

  test('is another for each project, and the same at each call', () => {
    const options = { ...readOnly, temporary };
    expect(generatedDirectory(root, options)).toBe(generatedDirectory(root, options));
    expect(generatedDirectory(root, options)).not.toBe(generatedDirectory(`${root}2`, options));
  });
});
