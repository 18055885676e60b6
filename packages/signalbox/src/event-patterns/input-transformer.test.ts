import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../core/json.ts';
import { parseInputTransformer, transformInput } from './input-transformer.ts';

const EVENT: JsonObject = {
  id: '1',
  source: 'shop',
  detail: {
    id: 'o-1',
    note: 'say "hi"',
    total: 5,
    gift: true,
    none: null,
    user: { name: 'Ann' },
    tags: ['x', 'y'],
  },
};
const CONTEXT = { ruleArn: 'arn:rule', ruleName: 'orders', ingestionTime: '2026-01-01T00:00:00Z' };
const PATHS = {
  id: '$.detail.id',
  note: '$.detail.note',
  total: '$.detail.total',
  gift: '$.detail.gift',
  none: '$.detail.none',
  user: '$.detail.user',
  tags: '$.detail.tags',
  missing: '$.detail.missing',
};

function transform(inputTemplate: string): string {
  const parsed = parseInputTransformer({ inputPathsMap: PATHS, inputTemplate }, 't');
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return transformInput(parsed.value, EVENT, CONTEXT);
}

function problems(inputTemplate: string): readonly string[] {
  const parsed = parseInputTransformer(
    { inputPathsMap: { id: '$.id' }, inputTemplate },
    'target-1',
  );
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

describe('transformInput()', () => {
  test.each([
    ['{"id": <id>, "total": <total>}', '{"id": "o-1", "total": 5}'],
    ['{"user": <user>, "tags": <tags>}', '{"user": {"name":"Ann"}, "tags": ["x","y"]}'],
    [
      '{"gift": <gift>, "none": <none>, "missing": <missing>}',
      '{"gift": true, "none": null, "missing": ""}',
    ],
    ['{"path": "orders/<id>/<total>"}', '{"path": "orders/o-1/5"}'],
    ['{"user": "<user>"}', '{"user": "{"name":"Ann"}"}'],
    ['{"note": "<note>"}', '{"note": "say \\"hi\\""}'],
    ['"Order <id> of <user> with <tags>, <missing>."', '"Order o-1 of {name:Ann} with [x,y], ."'],
    ['"a \\"<id>\\" b"', '"a \\"o-1\\" b"'],
    ['"1 < 2 and <no name>"', '"1 < 2 and <no name>"'],
    ['<id>', '"o-1"'],
    ['"one <id>"\n"two <id>"', '"one o-1"\n"two o-1"'],
    [
      '{"rule": <aws.events.rule-name>, "arn": "<aws.events.rule-arn>"}',
      '{"rule": "orders", "arn": "arn:rule"}',
    ],
    ['{"at": <aws.events.event.ingestion-time>}', '{"at": "2026-01-01T00:00:00Z"}'],
    ['{"event": <aws.events.event>}', '{"event": {"id":"1","source":"shop"}}'],
    ['{"event": <aws.events.event.json>}', `{"event": ${JSON.stringify(EVENT)}}`],
  ])('writes %s', (template, expected) => {
    expect(transform(template)).toBe(expected);
  });
});

describe('parseInputTransformer()', () => {
  test('refuses a variable that no path defines', () => {
    expect(problems('{"a": <id>, "b": <user>}')).toEqual([
      'InputTemplate for target target-1 contains invalid placeholder user.',
    ]);
  });

  test('refuses the whole event outside of a JSON object', () => {
    expect(problems('"<aws.events.event.json>"')).toEqual([
      'InputTemplate for target target-1 contains placeholder aws.events.event.json valid only for JSON template.',
    ]);
  });

  test('refuses a path that does not parse', () => {
    expect(
      parseInputTransformer({ inputPathsMap: { id: 'detail.id' }, inputTemplate: '<id>' }, 't'),
    ).toMatchObject({ ok: false, problems: [{ path: 'id' }] });
  });
});
