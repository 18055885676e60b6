import { describe, expect, test } from '@jest/globals';
import { fillTemplate } from './mapping-template.ts';

const INPUT = {
  body: '{"name":"O\'Neil","items":[{"id":7}]}',
  path: { id: 'p1' },
  query: { q: 'a b' },
  headers: { 'x-user': 'ada' },
  context: { requestId: 'r1', httpMethod: 'POST' },
};

const fill = (template: string) => fillTemplate(template, INPUT);

describe('fillTemplate()', () => {
  test.each([
    ['plain $5 and # text', 'plain $5 and # text'],
    ["$input.json('$.items[0]')", '{"id":7}'],
    ["$input.path('$.items[0].id')", '7'],
    ['$input.body', INPUT.body],
    ["$input.params('id')/$input.params('q')/$input.params('X-User')", 'p1/a b/ada'],
    ["$util.urlEncode($input.params('q'))", 'a+b'],
    ["$util.base64Decode($util.base64Encode('x'))", 'x'],
    ['$context.requestId-$context.httpMethod', 'r1-POST'],
    ["#set($a = 'x' + $context.httpMethod)[$a]", '[xPOST]'],
    ['#set($a = "say $context")## a comment\n$a', 'say $context'],
    ["$util.escapeJavaScript($input.path('$.name'))", "O\\'Neil"],
    // The API Gateway Developer Guide's own way to valid JSON.
    [`$util.escapeJavaScript($input.path('$.name')).replaceAll("\\\\'","'")`, "O'Neil"],
    ['${context.requestId}!', 'r1!'],
  ])('fills %s in', (template, expected) => {
    expect(fill(template)).toBe(expected);
  });

  test.each([
    ['#if(true)x#end', 'the directive #if'],
    ["$util.nothing('x')", 'the function $util.nothing()'],
    ["#set($a = 'x'", 'whose parenthesis stays open'],
    ['#set($a = [1])', 'the expression [1]'],
  ])('refuses %s by name', (template, message) => {
    expect(() => fill(template)).toThrow(message);
  });
});
