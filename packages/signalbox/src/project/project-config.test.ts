import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../core/limits.ts';
import { problemText } from '../core/result.ts';
import { readProjectConfig } from './project-config.ts';

function read(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'signalbox-config-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const result = readProjectConfig(root);
  return result.ok ? result.value : result.problems.map(problemText);
}

const EMPTY = {
  plugins: [],
  scenarios: undefined,
  simulatedResources: undefined,
  seeds: [],
  samples: undefined,
  strict: false,
  limits: DEFAULT_LIMITS,
};

describe('readProjectConfig()', () => {
  test('needs no package.json, and nothing in it', () => {
    expect(read({})).toEqual(EMPTY);
    expect(read({ 'package.json': '{ "name": "shop" }' })).toEqual(EMPTY);
  });

  test('takes the folder scenarios where nothing else is said', () => {
    expect(read({ 'scenarios/one.json': '{}' })).toEqual({ ...EMPTY, scenarios: 'scenarios' });
  });

  test('reads what is written, indented with tabs too', () => {
    const section =
      '{\n\t"signalbox": {\n\t\t"plugins": ["./a.ts"],\n\t\t"simulatedResources": "b.json",\n\t\t"seeds": ["c.json"]\n\t}\n}';
    expect(read({ 'package.json': section, 'a.ts': '', 'b.json': '', 'c.json': '' })).toEqual({
      ...EMPTY,
      plugins: ['./a.ts'],
      simulatedResources: 'b.json',
      seeds: ['c.json'],
    });
  });

  test('takes limits, each for itself', () => {
    const text = '{ "signalbox": { "limits": { "executions": 20 } } }';
    const limits = { ...DEFAULT_LIMITS, executions: 20 };
    expect(read({ 'package.json': text })).toEqual({ ...EMPTY, limits });
    const wrong = text.replace('20', '0');
    expect(read({ 'package.json': wrong })).toEqual([
      'package.json:1: signalbox.limits.executions: Write a number above 0',
    ]);
  });

  test('names all that is wrong, each with its line', () => {
    const text = `{
  "signalbox": {
    "plugins": "./a.ts",
    "seeds": [
      "c.json",
      7
    ],
    "seed": "c.json"
  }
}`;
    expect(read({ 'package.json': text })).toEqual([
      'package.json:3: signalbox.plugins: Write a list',
      'package.json:6: signalbox.seeds[1]: Write a path',
      'package.json:8: signalbox.seed: Unknown field: did you mean seeds?',
    ]);
  });

  test('names every file that is not there', () => {
    const text = '{ "signalbox": {\n "plugins": ["./a.ts"],\n "scenarios": "played" } }';
    expect(read({ 'package.json': text })).toEqual([
      'package.json:2: signalbox.plugins[0]: There is no ./a.ts',
      'package.json:3: signalbox.scenarios: There is no played',
    ]);
  });

  test('refuses a section that is no object, and a file that is no JSON', () => {
    expect(read({ 'package.json': '{ "signalbox": [] }' })).toEqual([
      'package.json:1: signalbox: Write an object',
    ]);
    expect(read({ 'package.json': '{' })).toEqual([
      expect.stringMatching(/^package\.json:1: Cannot read the JSON: Unexpected end-of-input/),
    ]);
  });
});
