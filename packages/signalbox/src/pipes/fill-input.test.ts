import { describe, expect, test } from '@jest/globals';
import { fillInput } from './fill-input.ts';

const EVENT = { messageId: 'm1', body: { order: { id: 7, tags: ['a"b'] }, note: 'say "hi"' } };
const NAMES = { 'aws.pipes.pipe-name': 'letters' };

describe('fillInput()', () => {
  test.each([
    ['{"id": <$.body.order.id>}', { id: 7 }],
    ['{"id": "<$.body.order.id>"}', { id: '7' }],
    ['{"order": <$.body.order>}', { order: EVENT.body.order }],
    ['{"text": "order <$.body.order.id>: <$.body.note>"}', { text: 'order 7: say "hi"' }],
    ['{"first": <$.body.order.tags[0]>}', { first: 'a"b' }],
    ['{"by": "<aws.pipes.pipe-name>"}', { by: 'letters' }],
    ['{"gone": "<$.body.nothing>"}', { gone: '' }],
    ['{"quoted": "\\"<$.messageId>\\""}', { quoted: '"m1"' }],
    ['order <$.body.order.id>', 'order 7'],
  ])('makes of %s what AWS does', (template, expected) => {
    expect(fillInput(template, EVENT, NAMES)).toEqual(expected);
  });
});
