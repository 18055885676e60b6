import { ExactNumber } from '../core/exact-json/exact-number.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { ownMember } from '../core/names/own-member.ts';
import type { Leaf } from './leaf.ts';

/** A value found in an event, with the arrays on the way to it. */
export interface FieldValue {
  readonly value: Leaf;
  /** Pairs of an array's number in the event and the element's index in it. */
  readonly arrays: readonly number[];
}

/** The fields that were read from an event. */
export interface EventFields {
  /** The values at the paths that are there, by the path's number. */
  readonly values: ReadonlyMap<number, readonly FieldValue[]>;
  /** Whether one of the values came out of an object inside an array. */
  readonly hasArrays: boolean;
}

/** The paths that patterns ask for, as a tree of names. */
export interface PathTree {
  readonly children: Map<string, PathTree>;
  /** The path's number, or -1 where no pattern asks for this very path. */
  slot: number;
}

/** Makes the tree of the paths; the slot of each is its index. */
export function createPathTree(paths: readonly string[]): PathTree {
  const root: PathTree = { children: new Map(), slot: -1 };
  paths.forEach((path, slot) => {
    let node = root;
    for (const name of path.split('.')) {
      const child = node.children.get(name) ?? { children: new Map(), slot: -1 };
      node.children.set(name, child);
      node = child;
    }
    node.slot = slot;
  });
  return root;
}

const NO_ARRAYS: readonly number[] = [];

/**
 * Reads from an event the values at the tree's paths. Names with dots count as several names, and
 * the elements of arrays are looked into, as EventBridge does both.
 */
export function readFields(event: JsonObject, tree: PathTree): EventFields {
  const fields = new FieldKeeper();
  readObject(event, tree, NO_ARRAYS, fields);
  return fields;
}

/** Gathers the values that are found in an event. */
export class FieldKeeper implements EventFields {
  readonly values = new Map<number, FieldValue[]>();
  hasArrays = false;
  private arrayCount = 0;

  /** The number of the next array, in the order of the text. */
  nextArray(): number {
    this.arrayCount += 1;
    return this.arrayCount - 1;
  }

  /** Keeps a value at a path. */
  keep(value: Leaf, slot: number, arrays: readonly number[]): void {
    if (arrays.length > 0) this.hasArrays = true;
    const known = this.values.get(slot);
    if (known === undefined) this.values.set(slot, [{ value, arrays }]);
    else known.push({ value, arrays });
  }
}

function readObject(
  object: JsonObject,
  node: PathTree,
  arrays: readonly number[],
  fields: FieldKeeper,
): void {
  if (node.children.size === 0) return;
  for (const name in object) {
    const child = descend(node, name);
    if (child === undefined) continue;
    const value = ownMember(object, name);
    if (value !== undefined) readValue(value, child, arrays, fields);
  }
}

function readValue(
  value: Json,
  node: PathTree,
  arrays: readonly number[],
  fields: FieldKeeper,
): void {
  if (value instanceof ExactNumber) {
    if (node.slot >= 0) fields.keep(Number(value), node.slot, arrays);
  } else if (typeof value !== 'object' || value === null) {
    if (node.slot >= 0) fields.keep(value, node.slot, arrays);
  } else if (isArray(value)) {
    readArray(value, node, arrays, fields);
  } else {
    readObject(value, node, arrays, fields);
  }
}

function readArray(
  array: readonly Json[],
  node: PathTree,
  arrays: readonly number[],
  fields: FieldKeeper,
): void {
  const number = fields.nextArray();
  for (let index = 0; index < array.length; index += 1) {
    const element = array[index];
    if (element === undefined) continue;
    // The elements themselves are alternatives; only what is inside of them belongs together.
    const isLeaf =
      typeof element !== 'object' || element === null || element instanceof ExactNumber;
    readValue(element, node, isLeaf ? arrays : [...arrays, number, index], fields);
  }
}

function descend(node: PathTree, name: string): PathTree | undefined {
  const child = node.children.get(name);
  if (child !== undefined || !name.includes('.')) return child;
  return name.split('.').reduce<PathTree | undefined>((at, part) => at?.children.get(part), node);
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
