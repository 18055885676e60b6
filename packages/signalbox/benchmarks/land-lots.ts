import type { JsonObject } from '../src/core/json.ts';

/** The number of events that a pass matches. */
export const LOTS = 20_000;

const CORNERS = 11;
const EVENT_BYTES = 783;

/** A kind of match: its patterns, and what AWS's library reaches with five of them. */
export interface PatternKind {
  /** The pattern of a number, which differs from that of every other number. */
  readonly patternOf: (index: number) => JsonObject;
  /**
   * Events a second of AWS's Event Ruler 2.0.1 in Java, warm, on an AMD EPYC on which `JSON.parse` alone
   * reads `PARSED_THERE` of them.
   */
  readonly ofLibrary: number;
}

/** Events of 783 bytes that `JSON.parse` reads a second where the library was measured. */
export const PARSED_THERE = 299_000;

/** Patterns of each kind that some few events match; of `anything-but`, nearly all. */
export const PATTERN_KINDS: Readonly<Record<string, PatternKind>> = {
  exact: {
    ofLibrary: 491_000,
    patternOf: (index) => ({ properties: { MAPBLKLOT: [blockOf(index * 7)] } }),
  },
  prefix: {
    ofLibrary: 485_000,
    patternOf: (index) => ({ properties: { STREET: [{ prefix: `${streetOf(index * 7)}` }] } }),
  },
  wildcard: {
    ofLibrary: 411_000,
    patternOf: (index) => ({
      properties: { STREET: [{ wildcard: `*${streetOf(index * 7).slice(2, 5)}*${index % 10}` }] },
    }),
  },
  'anything-but': {
    ofLibrary: 399_000,
    patternOf: (index) => ({
      properties: { STREET: [{ 'anything-but': [streetOf(index * 7)] }] },
    }),
  },
  numeric: {
    ofLibrary: 440_000,
    patternOf: (index) => ({
      properties: {
        AREA: [{ numeric: ['>', index * 7, '<=', index * 7 + 3] }],
        FROM_ST: [{ numeric: ['>=', 0] }],
      },
    }),
  },
  'complex arrays': {
    ofLibrary: 122_000,
    patternOf: (index) => ({
      geometry: {
        type: ['Polygon'],
        coordinates: {
          x: [{ numeric: ['=', longitudeOf(index * 7, 3)] }],
          y: [{ numeric: ['=', latitudeOf(index * 7, 3)] }],
          z: [0],
        },
      },
    }),
  },
};

/** Land lots as events: an envelope, thirteen properties and a polygon, of 783 bytes each. */
export function lotEvents(): readonly JsonObject[] {
  return Array.from({ length: LOTS }, (_, index) => lotEvent(index));
}

function lotEvent(index: number): JsonObject {
  const lot = {
    type: 'Feature',
    properties: {
      MAPBLKLOT: blockOf(index),
      BLKLOT: blockOf(index),
      BLOCK_NUM: String(index).padStart(4, '0'),
      LOT_NUM: String(index % 97).padStart(3, '0'),
      FROM_ST: index % 2000,
      TO_ST: (index % 2000) + 1,
      AREA: index,
      STREET: streetOf(index),
      ST_TYPE: 'ST',
      ODD_EVEN: index % 2 === 0 ? 'E' : 'O',
    },
    geometry: {
      type: 'Polygon',
      coordinates: [
        Array.from({ length: CORNERS }, (_, corner) => ({
          x: longitudeOf(index, corner),
          y: latitudeOf(index, corner),
          z: 0,
        })),
      ],
    },
  };
  const missing = EVENT_BYTES - JSON.stringify({ ...lot, note: '' }).length;
  return { ...lot, note: '.'.repeat(Math.max(0, missing)) };
}

function blockOf(index: number): string {
  return `${String(index).padStart(5, '0')}${String(index % 97).padStart(3, '0')}`;
}

/** A name of which no other is the beginning. */
function streetOf(index: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const letter = (place: number): string => letters[Math.floor(index / 26 ** place) % 26] ?? '';
  return `${letter(2)}${letter(1)}${letter(0)}${letter(1)} STREET ${index}`;
}

function longitudeOf(index: number, corner: number): number {
  return Number((-122.4 - index / 100_000 - corner / 1_000_000).toFixed(6));
}

function latitudeOf(index: number, corner: number): number {
  return Number((37.7 + index / 100_000 + corner / 1_000_000).toFixed(6));
}
