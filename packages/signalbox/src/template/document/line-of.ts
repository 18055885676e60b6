import type { MapEntry, Node } from './node.ts';

/**
 * Finds the 1-based line of a path such as `States.Charge.Retry[0]`; where the path leads further
 * than the document, the line of the last part that is there.
 * Names may hold dots and spaces: the longest key that fits is taken.
 */
export function lineOf(root: Node, path: string): number | undefined {
  let node: Node = root;
  let line = root.place.line;
  let rest = path.replace(/^\$?\.?/, '');
  while (rest !== '') {
    const step = nextStep(node, rest);
    if (step === undefined) return line;
    node = step.node;
    line = step.line;
    rest = step.rest.replace(/^\./, '');
  }
  return line;
}

interface Step {
  readonly node: Node;
  readonly line: number;
  readonly rest: string;
}

function nextStep(node: Node, rest: string): Step | undefined {
  if (node.kind === 'list') return listStep(node.items, rest);
  if (node.kind !== 'map') return undefined;
  const quoted = /^\[(['"])(.*?)\1\]/.exec(rest);
  if (quoted !== null) return keyStep(node.entries, rest, `${quoted[2]}`, quoted[0].length);
  const keys = node.entries.map(({ key }) => key).filter((key) => beginsWith(rest, key));
  const longest = keys.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : keyStep(node.entries, rest, longest, longest.length);
}

function listStep(items: readonly Node[], rest: string): Step | undefined {
  const index = /^\[(\d+)\]/.exec(rest);
  const item = index === null ? undefined : items[Number(index[1])];
  if (index === null || item === undefined) return undefined;
  return { node: item, line: item.place.line, rest: rest.slice(index[0].length) };
}

function keyStep(
  entries: readonly MapEntry[],
  rest: string,
  key: string,
  length: number,
): Step | undefined {
  const entry = entries.find((candidate) => candidate.key === key);
  return entry && { node: entry.value, line: entry.place.line, rest: rest.slice(length) };
}

function beginsWith(rest: string, key: string): boolean {
  return rest.startsWith(key) && /^($|[.[])/.test(rest.slice(key.length));
}
