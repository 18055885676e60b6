import { describe, expect, test } from '@jest/globals';
import type { Json } from '../core/json.ts';
import { readSection } from './section-fields.ts';

const read = (section: Json) =>
  readSection('part', section, (fields) => ({
    name: fields.text('name'),
    size: fields.whole('size', 1, 3),
    isOpen: fields.flag('isOpen', false),
    zones: fields.texts('zones', ['a']),
    state: fields.oneOf('state', ['On', 'Off'], 'Off'),
    owner: fields.object('owner', (owner) => owner.text('id')),
    items: fields.list('items', (item) => item.text('id')),
  }));

describe('readSection()', () => {
  test('reads what is there, and takes the fallback of what is not', () => {
    expect(read({ name: 'x', items: [{ id: '1' }], owner: { id: 'me' } })).toEqual({
      name: 'x',
      size: 3,
      isOpen: false,
      zones: ['a'],
      state: 'Off',
      owner: 'me',
      items: ['1'],
    });
  });

  test('gathers all that is wrong, unknown fields included', () => {
    const section = { size: 0, zones: [1], state: 'Half', items: [{}, 2], colour: 'red' };

    expect(() => read(section)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: [
          'part.name: Missing: write a text',
          'part.size: Expected a whole number of 1 or more',
          'part.zones: Expected a list of texts',
          'part.state: Expected one of On, Off',
          'part.items[0].id: Missing: write a text',
          'part.items[1]: Expected an object, found 2',
          'part.colour: Unknown field: the fields are isOpen, items, name, owner, size, state, zones',
        ].join('\n'),
      }),
    );
  });

  test.each([[null], [[]], ['text'], [{ name: 'x', items: {} }]])('refuses %j', (section) => {
    expect(() => read(section)).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  test('reads lists by name', () => {
    const byName = readSection('part', { a: [{ id: '1' }], b: [] }, (fields) =>
      fields.lists((item, name) => [name, item.text('id')]),
    );

    expect(byName).toEqual([['a', '1']]);
  });
});
