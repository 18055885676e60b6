import { describe, expect, test } from '@jest/globals';
import { jsonChanges } from './json-changes.ts';

describe('jsonChanges()', () => {
  test.each([
    ['{"a":1}', '{"a":1}', []],
    ['{"a":1,"b":2}', '{"b":2,"a":1}', []],
    ['{"a":1}', '{"a":2}', [{ path: '$.a', before: 1, after: 2 }]],
    ['{"a":[1,2]}', '{"a":[1]}', [{ path: '$.a[1]', before: 2, after: undefined }]],
    ['{"a":null}', '{}', [{ path: '$.a', before: null, after: undefined }]],
    ['{"a":{"b":[]}}', '{"a":{"b":{}}}', [{ path: '$.a.b', before: [], after: {} }]],
    [undefined, '{"a":1}', [{ path: '$', before: undefined, after: { a: 1 } }]],
    ['no JSON', '1', [{ path: '$', before: 'no JSON', after: 1 }]],
  ])('%s to %s', (before, after, changes) => {
    expect(jsonChanges(before, after)).toEqual(changes);
  });
});
