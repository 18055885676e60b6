import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import type { Json } from '../json.ts';
import { readSection } from './read-section.ts';
import {
  AnyText,
  DateText,
  Flag,
  fields,
  listOf,
  mapOf,
  oneOf,
  Text,
  textLike,
  whole,
} from './schema.ts';

const Section = fields({
  name: Text,
  note: v.optional(AnyText, ''),
  size: v.optional(whole(1, 9), 3),
  isOpen: v.optional(Flag, false),
  zones: v.optional(listOf(Text), ['a']),
  state: v.optional(oneOf(['On', 'Off']), 'Off'),
  since: v.optional(DateText),
  colour: v.optional(textLike(/^#\w{6}$/, 'a colour such as #ffffff')),
  owner: v.optional(fields({ id: Text })),
  items: v.optional(listOf(fields({ id: Text })), []),
  seats: v.optional(mapOf(whole(0)), {}),
});

const read = (section: Json) => readSection('part', section, Section);

function problemsOf(section: Json): readonly string[] {
  try {
    read(section);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
}

describe('readSection()', () => {
  test('reads what is there, and takes the default of what is not', () => {
    expect(
      read({ name: 'x', items: [{ id: '1' }], since: '2026-01-05T00:00:00Z', seats: { a: 2 } }),
    ).toEqual({
      name: 'x',
      note: '',
      size: 3,
      isOpen: false,
      zones: ['a'],
      state: 'Off',
      since: new Date('2026-01-05T00:00:00Z'),
      items: [{ id: '1' }],
      seats: { a: 2 },
    });
  });

  test('names all that is wrong, each with its place and what to write', () => {
    expect(
      problemsOf({
        size: 0,
        isOpen: 'yes',
        zones: [1, ''],
        state: 'Half',
        since: 'soon',
        colour: 'red',
        owner: { name: 'me' },
        items: [{}, 2],
        seats: { a: 'two' },
      }),
    ).toEqual([
      'part.name: Missing: write a text',
      'part.size: Write a whole number from 1 to 9',
      'part.isOpen: Write true or false',
      'part.zones[0]: Write a text',
      'part.zones[1]: Write a text that is not empty',
      'part.state: Write one of On, Off',
      'part.since: Write a date in ISO 8601',
      'part.colour: Write a colour such as #ffffff',
      'part.owner.id: Missing: write a text',
      'part.owner.name: Unknown field: the fields are id',
      'part.items[0].id: Missing: write a text',
      'part.items[1]: Write an object',
      'part.seats.a: Write a whole number of 0 or more',
    ]);
  });

  test('names every unknown field, with the nearest name where one is near', () => {
    expect(problemsOf({ name: 'x', stat: 'On', Sise: 3, weather: 1 })).toEqual([
      'part.stat: Unknown field: did you mean state?',
      'part.Sise: Unknown field: did you mean size?',
      'part.weather: Unknown field: the fields are colour, isOpen, items, name, note, owner, seats, since, size, state, zones',
    ]);
    expect(() => readSection('part', { a: 1 }, fields({}))).toThrow(
      'part.a: Unknown field: remove it',
    );
  });

  test.each<[Json]>([[null], [[]], ['text'], [[{ name: 'x' }]]])('refuses %j', (section) => {
    expect(problemsOf(section)).toEqual(['part: Write an object']);
  });

  test('asks the check of what fits alone', () => {
    const check = ({ name }: { readonly name: string }) =>
      name === 'bad' ? [{ path: 'part.name', message: 'Is bad' }] : [];
    expect(() => readSection('part', { name: 'bad' }, Section, check)).toThrow('part.name: Is bad');
    expect(() => readSection('part', { name: 1 }, Section, check)).toThrow(
      'part.name: Write a text',
    );
  });

  test('says in the same words what the schemas of others say', () => {
    const schema = v.object({ count: v.number(), name: v.string() });
    expect(() => readSection('part', { count: 'two' }, schema)).toThrow(
      'part.count: Expected number, found "two"\npart.name: Missing',
    );
  });
});
