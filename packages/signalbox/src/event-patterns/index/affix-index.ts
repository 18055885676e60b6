/** The end of a text that is compared. */
export type Side = 'start' | 'end';

interface Node {
  readonly next: Map<number, Node>;
  readonly branches: number[];
}

/** Branches by a text that a value must begin or end with: a tree of characters from that end. */
export class AffixIndex {
  private readonly side: Side;
  private readonly keyOf: (text: string) => string;
  private readonly root = emptyNode();

  /** `keyOf` writes texts that count as the same in one form, character by character. */
  constructor(side: Side, keyOf: (text: string) => string) {
    this.side = side;
    this.keyOf = keyOf;
  }

  add(affix: string, branch: number): void {
    const key = this.keyOf(affix);
    let node = this.root;
    for (let step = 0; step < key.length; step += 1) {
      const code = this.codeAt(key, step);
      const next = node.next.get(code) ?? emptyNode();
      node.next.set(code, next);
      node = next;
    }
    node.branches.push(branch);
  }

  /** Calls back for each branch whose text the value begins or ends with. */
  find(value: string, found: (branch: number) => void): void {
    if (this.root.next.size === 0 && this.root.branches.length === 0) return;
    const key = this.keyOf(value);
    let node: Node | undefined = this.root;
    for (let step = 0; node !== undefined; step += 1) {
      for (const branch of node.branches) found(branch);
      node = step < key.length ? node.next.get(this.codeAt(key, step)) : undefined;
    }
  }

  private codeAt(key: string, step: number): number {
    return key.charCodeAt(this.side === 'start' ? step : key.length - 1 - step);
  }
}

function emptyNode(): Node {
  return { next: new Map(), branches: [] };
}
