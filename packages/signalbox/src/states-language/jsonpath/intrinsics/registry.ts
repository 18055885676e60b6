import {
  array,
  arrayContains,
  arrayGetItem,
  arrayLength,
  arrayPartition,
  arrayRange,
  arrayUnique,
} from './array.ts';
import { base64Decode, base64Encode, hash } from './encoding.ts';
import type { Intrinsic } from './intrinsic.ts';
import { jsonMerge, jsonToString, stringToJson } from './json.ts';
import { mathAdd, mathRandom } from './math.ts';
import { format, stringSplit, uuid } from './text.ts';

/** An intrinsic function and how many arguments it takes. */
export interface IntrinsicEntry {
  readonly run: Intrinsic;
  readonly min: number;
  readonly max: number;
}

/** The intrinsic functions by name: a new one is its function and one line here. */
export const INTRINSICS: ReadonlyMap<string, IntrinsicEntry> = new Map<string, IntrinsicEntry>([
  ['States.Array', { run: array, min: 0, max: Number.POSITIVE_INFINITY }],
  ['States.ArrayContains', { run: arrayContains, min: 2, max: 2 }],
  ['States.ArrayGetItem', { run: arrayGetItem, min: 2, max: 2 }],
  ['States.ArrayLength', { run: arrayLength, min: 1, max: 1 }],
  ['States.ArrayPartition', { run: arrayPartition, min: 2, max: 2 }],
  ['States.ArrayRange', { run: arrayRange, min: 3, max: 3 }],
  ['States.ArrayUnique', { run: arrayUnique, min: 1, max: 1 }],
  ['States.Base64Decode', { run: base64Decode, min: 1, max: 1 }],
  ['States.Base64Encode', { run: base64Encode, min: 1, max: 1 }],
  ['States.Format', { run: format, min: 1, max: Number.POSITIVE_INFINITY }],
  ['States.Hash', { run: hash, min: 2, max: 2 }],
  ['States.JsonMerge', { run: jsonMerge, min: 3, max: 3 }],
  ['States.JsonToString', { run: jsonToString, min: 1, max: 1 }],
  ['States.MathAdd', { run: mathAdd, min: 2, max: 2 }],
  ['States.MathRandom', { run: mathRandom, min: 2, max: 3 }],
  ['States.StringSplit', { run: stringSplit, min: 2, max: 2 }],
  ['States.StringToJson', { run: stringToJson, min: 1, max: 1 }],
  ['States.UUID', { run: uuid, min: 0, max: 0 }],
]);
