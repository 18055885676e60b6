import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../core/json.ts';
import { compareDefinitions } from './compare-definitions.ts';

const PASS = { Type: 'Pass', End: true };

function machine(
  states: Readonly<Record<string, Json>>,
  more: Readonly<Record<string, Json>> = {},
): Json {
  return { StartAt: 'One', ...more, States: states };
}

describe('compareDefinitions()', () => {
  test('finds nothing in the same', () => {
    expect(compareDefinitions(machine({ One: PASS }), machine({ One: PASS }))).toEqual([]);
  });

  test('names what the machine changed, and the states that came, went and changed', () => {
    const before = machine({ One: PASS, Gone: PASS }, { TimeoutSeconds: 60 });
    const after = machine({ One: { Type: 'Succeed' }, New: PASS }, { TimeoutSeconds: 90 });
    const found = compareDefinitions(before, after);
    expect(found.map(({ state, kind }) => [state, kind])).toEqual([
      ['', 'changed'],
      ['One', 'changed'],
      ['New', 'added'],
      ['Gone', 'removed'],
    ]);
    expect(found[1]).toMatchObject({
      before: JSON.stringify(PASS),
      after: '{"Type":"Succeed"}',
    });
  });

  test.each([
    ['ItemProcessor', (inner: Json) => ({ Type: 'Map', ItemProcessor: inner })],
    ['Iterator', (inner: Json) => ({ Type: 'Map', Iterator: inner })],
    ['Branches', (inner: Json) => ({ Type: 'Parallel', Branches: [inner] })],
  ])('names the state in %s that changed, and not the one around it', (_, around) => {
    const body = (state: Json) =>
      machine({ One: around({ StartAt: 'In', States: { In: state } }) });
    const found = compareDefinitions(body(PASS), body({ Type: 'Succeed' }));
    expect(found.map(({ state }) => state)).toEqual(['In']);
  });

  test('names the state around where its own settings changed', () => {
    const map = (mode: string) =>
      machine({
        One: {
          Type: 'Map',
          ItemProcessor: { ProcessorConfig: { Mode: mode }, StartAt: 'In', States: { In: PASS } },
        },
      });
    const found = compareDefinitions(map('INLINE'), map('DISTRIBUTED'));
    expect(found.map(({ state }) => state)).toEqual(['One']);
  });
});
