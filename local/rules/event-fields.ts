import type { Json, JsonObject } from '../json.ts';
import type { Leaf } from './leaf.ts';

/** A value found in an event, with the arrays on the way to it. */
export interface FieldValue {
  readonly value: Leaf;
  /** Pairs of an array's number in the event and the element's index in it. */
  readonly arrays: readonly number[];
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

/**
 * Reads from an event the values at the tree's paths, by slot. Names with dots count as several
 * names, and the elements of arrays are looked into, as EventBridge does both.
 */
export function readFields(
  event: JsonObject,
  tree: PathTree,
  slots: number,
): readonly (readonly FieldValue[])[] {
  const values: FieldValue[][] = Array.from({ length: slots }, () => []);
  let arrayCount = 0;

  function readObject(object: JsonObject, node: PathTree, arrays: readonly number[]): void {
    for (const name in object) {
      const child = descend(node, name);
      const value = object[name];
      if (child !== undefined && value !== undefined) readValue(value, child, arrays);
    }
  }

  function readValue(value: Json, node: PathTree, arrays: readonly number[]): void {
    if (typeof value !== 'object' || value === null) {
      values[node.slot]?.push({ value, arrays });
    } else if (isArray(value)) {
      readArray(value, node, arrays);
    } else {
      readObject(value, node, arrays);
    }
  }

  function readArray(array: readonly Json[], node: PathTree, arrays: readonly number[]): void {
    const number = arrayCount;
    arrayCount += 1;
    array.forEach((element, index) => {
      // The elements themselves are alternatives; only what is inside of them belongs together.
      const isLeaf = typeof element !== 'object' || element === null;
      readValue(element, node, isLeaf ? arrays : [...arrays, number, index]);
    });
  }

  readObject(event, tree, []);
  return values;
}

function descend(node: PathTree, name: string): PathTree | undefined {
  if (!name.includes('.')) return node.children.get(name);
  return name.split('.').reduce<PathTree | undefined>((at, part) => at?.children.get(part), node);
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
