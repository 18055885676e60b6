import type { MapNode, PlatformMap } from '../../../server/platform-map.ts';

/** The upper left corner of a node. */
interface Place {
  readonly x: number;
  readonly y: number;
}

const COLUMNS: readonly (readonly MapNode['kind'][])[] = [
  ['bus'],
  ['rule'],
  ['workflow'],
  ['function'],
  ['table', 'queue', 'topic'],
];

const GAP_X = 64;
const GAP_Y = 10;
const MARGIN = 4;

/** Places each kind in a column, and in it next to what it is linked with in the columns before. */
export function placeMap(
  { nodes, edges }: PlatformMap,
  size: { readonly width: number; readonly height: number },
): {
  readonly places: ReadonlyMap<string, Place>;
  readonly width: number;
  readonly height: number;
} {
  const places = new Map<string, Place>();
  let height = 0;
  const columns = COLUMNS.map((kinds) => nodes.filter(({ kind }) => kinds.includes(kind)));
  const filled = columns.filter((column) => column.length > 0);
  filled.forEach((column, at) => {
    const x = MARGIN + at * (size.width + GAP_X);
    [...column]
      .map((node) => ({ node, wish: middleOf(node, edges, places) }))
      .sort((a, b) => a.wish - b.wish || (a.node.name < b.node.name ? -1 : 1))
      .forEach(({ node }, row) => {
        const y = MARGIN + row * (size.height + GAP_Y);
        places.set(node.id, { x, y });
        height = Math.max(height, y + size.height + MARGIN);
      });
  });
  const width = filled.length * (size.width + GAP_X) - GAP_X + 2 * MARGIN;
  return { places, width, height };
}

/** The mean height of the nodes that lead here; those without any come last. */
function middleOf(
  { id }: MapNode,
  edges: PlatformMap['edges'],
  places: ReadonlyMap<string, Place>,
): number {
  const before = edges.flatMap(({ from, to }) => (to === id ? (places.get(from)?.y ?? []) : []));
  if (before.length === 0) return Number.MAX_SAFE_INTEGER;
  return before.reduce((sum, y) => sum + y, 0) / before.length;
}
