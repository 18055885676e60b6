import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openFileStore } from '../history/file-store.ts';
import { eventOf, headerOf } from '../history/store.contract.ts';
import { lastInstant } from './continue-time.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'signalbox-time-'));
let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(root, 'store-'));
});
afterAll(() => fs.rmSync(root, { recursive: true }));

const LATER = '2026-01-01T00:00:05.000Z';

describe('lastInstant()', () => {
  test('is the time of the last event', () => {
    const { store } = openFileStore(folder);
    store.create(headerOf('a'));
    store.append(headerOf('a').executionArn, { ...eventOf(1), timestamp: LATER });
    store.catchUp();

    expect(lastInstant(openFileStore(folder).store)).toBe(Date.parse(LATER));
  });

  test('is the start of an execution that a kill has kept from its first event', () => {
    openFileStore(folder).store.create(headerOf('a'));

    expect(lastInstant(openFileStore(folder).store)).toBe(Date.parse(headerOf('a').startDate));
  });
});
