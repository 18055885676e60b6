import { type Node, textOf } from '../document/node.ts';
import type { Call } from './scope.ts';

/** Reports a call that cannot be evaluated. */
export function refuse(call: Call, message: string): Node {
  call.scope.report.at(call.place, `${call.name} ${message}`);
  return { kind: 'broken', place: call.place };
}

/** The items of an argument that must be a list of so many; undefined when reported. */
export function itemsOf(
  call: Call,
  shape: string,
  min: number,
  max = min,
): readonly Node[] | undefined {
  const { argument } = call;
  if (argument.kind === 'broken') return undefined;
  if (argument.kind === 'list' && argument.items.length >= min && argument.items.length <= max) {
    return argument.items;
  }
  refuse(call, `takes ${shape}`);
  return undefined;
}

/** Resolves a part that must be a string, number or boolean; undefined when reported. */
export function textPart(call: Call, node: Node | undefined, what: string): string | undefined {
  const resolved = node === undefined ? undefined : call.resolve(node);
  if (resolved?.kind === 'broken') return undefined;
  const text = textOf(resolved);
  if (text === undefined) refuse(call, `takes a string for ${what}`);
  return text;
}

/** Resolves a part that must be a list; undefined when reported. */
export function listPart(
  call: Call,
  node: Node | undefined,
  what: string,
): readonly Node[] | undefined {
  const resolved = node === undefined ? undefined : call.resolve(node);
  if (resolved?.kind === 'list') return resolved.items;
  if (resolved?.kind !== 'broken') refuse(call, `takes a list for ${what}`);
  return undefined;
}

/** Stands for a value whose problem is reported. */
export function broken(call: Call): Node {
  return { kind: 'broken', place: call.place };
}
