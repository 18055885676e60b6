/** A branch and the numbers that it wants, bounds included. */
interface Range {
  readonly bottom: number;
  readonly top: number;
  readonly branch: number;
}

/** Ranges around a number that all of them hold, and those wholly below and above it. */
interface Node {
  readonly center: number;
  /** Lowest bottom first. */
  readonly byBottom: readonly Range[];
  /** Highest top first. */
  readonly byTop: readonly Range[];
  readonly below: Node | undefined;
  readonly above: Node | undefined;
}

/** Branches by the range that a number must be in: a tree of intervals, built at the first question. */
export class RangeIndex {
  private readonly ranges: Range[] = [];
  private root: Node | undefined;

  /** Adds a range with its bounds, which may be infinite. */
  add(bottom: number, top: number, branch: number): void {
    this.ranges.push({ bottom, top, branch });
    this.root = undefined;
  }

  /** Calls back for each branch whose range holds the value. */
  find(value: number, found: (branch: number) => void): void {
    if (this.ranges.length === 0) return;
    this.root ??= build(this.ranges);
    let node = this.root;
    while (node !== undefined) {
      const isBelow = value < node.center;
      if (isBelow) findBelow(node, value, found);
      else findAbove(node, value, found);
      node = isBelow ? node.below : node.above;
    }
  }
}

function findBelow({ byBottom }: Node, value: number, found: (branch: number) => void): void {
  for (const { bottom, branch } of byBottom) {
    if (bottom > value) return;
    found(branch);
  }
}

function findAbove({ byTop }: Node, value: number, found: (branch: number) => void): void {
  for (const { top, branch } of byTop) {
    if (top < value) return;
    found(branch);
  }
}

function build(ranges: readonly Range[]): Node | undefined {
  if (ranges.length === 0) return undefined;
  const center = middleOf(ranges);
  const across = ranges.filter(({ bottom, top }) => bottom <= center && top >= center);
  return {
    center,
    byBottom: across.toSorted((a, b) => ascending(a.bottom, b.bottom)),
    byTop: across.toSorted((a, b) => ascending(b.top, a.top)),
    below: build(ranges.filter(({ top }) => top < center)),
    above: build(ranges.filter(({ bottom }) => bottom > center)),
  };
}

/** A bound in the middle of all bounds; at least one range holds it, so that the tree ends. */
function middleOf(ranges: readonly Range[]): number {
  const bounds = ranges.flatMap(({ bottom, top }) => [bottom, top]).sort(ascending);
  const finite = bounds.filter((bound) => Number.isFinite(bound));
  return finite[finite.length >>> 1] ?? 0;
}

/** Subtraction would not distinguish infinities. */
function ascending(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
