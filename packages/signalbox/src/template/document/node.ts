import type { Json } from '../../core/json.ts';
import type { SourcePlace } from '../app.ts';

/** A place in a file, with the 1-based column. */
export interface NodePlace extends SourcePlace {
  readonly column: number;
}

/** A value of a template or definition that knows where it is written. */
export type Node = ScalarNode | ListNode | MapNode | BrokenNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As written, so that `1.10` stays `1.10` where a string is wanted. */
  readonly text: string;
  readonly place: NodePlace;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly place: NodePlace;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly place: NodePlace;
}

/** Stands for a value whose problem is reported already, so that nobody reports it again. */
export interface BrokenNode {
  readonly kind: 'broken';
  readonly place: NodePlace;
}

/** A key of a map, where it is written, and its value. */
export interface MapEntry {
  readonly key: string;
  readonly place: NodePlace;
  readonly value: Node;
}

/** Makes a text node. */
export function textNode(text: string, place: NodePlace): ScalarNode {
  return { kind: 'scalar', value: text, text, place };
}

/** Makes a list node. */
export function listNode(items: readonly Node[], place: NodePlace): ListNode {
  return { kind: 'list', items, place };
}

/** Makes a map node whose keys stand at one place; undefined values are left out. */
export function mapNode(
  values: Readonly<Record<string, Node | undefined>>,
  place: NodePlace,
): MapNode {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, place: value.place, value }],
  );
  return { kind: 'map', entries, place };
}

/** Makes nodes of plain JSON, all at one place. */
export function nodeOf(json: Json, place: NodePlace): Node {
  if (Array.isArray(json)) {
    return listNode(
      json.map((item: Json) => nodeOf(item, place)),
      place,
    );
  }
  if (typeof json === 'object' && json !== null) {
    const entries = Object.entries(json).map(([key, value]) => ({
      key,
      place,
      value: nodeOf(value, place),
    }));
    return { kind: 'map', entries, place };
  }
  return { kind: 'scalar', value: scalarOf(json), text: String(json), place };
}

function scalarOf(json: Json): string | number | boolean | null {
  return typeof json === 'object' ? null : json;
}

/** Finds a map's entry by its key. */
export function entryOf(node: Node | undefined, key: string): MapEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** Finds a map's value by its key. */
export function valueAt(node: Node | undefined, key: string): Node | undefined {
  return entryOf(node, key)?.value;
}

/** Reads a scalar as text; undefined for anything else and for null. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node.text : undefined;
}

/** Strips the places off. */
export function toJson(node: Node): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'broken':
      return null;
    case 'list':
      return node.items.map(toJson);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, toJson(value)]));
  }
}

/** Returns whether any part of a value has a reported problem. */
export function isBroken(node: Node): boolean {
  switch (node.kind) {
    case 'scalar':
      return false;
    case 'broken':
      return true;
    case 'list':
      return node.items.some(isBroken);
    case 'map':
      return node.entries.some(({ value }) => isBroken(value));
  }
}

/** Names what a value is, for messages. */
export function kindOf(node: Node): string {
  if (node.kind !== 'scalar') return node.kind;
  return node.value === null ? 'null' : typeof node.value;
}
