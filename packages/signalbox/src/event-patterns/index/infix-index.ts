interface Node {
  readonly next: Map<number, Node>;
  readonly branches: number[];
  /** The node of the longest other text that ends here too and goes on. */
  fallback: Node | undefined;
  /** The nearest such node that has branches. */
  shorter: Node | undefined;
  /** The last search that has found the node's branches. */
  foundIn: number;
}

/**
 * Branches by a text that a value must have somewhere: all are found in one pass over the value, by the
 * method of Aho and Corasick.
 */
export class InfixIndex {
  private readonly root = emptyNode();
  private isReady = false;
  private searches = 0;

  add(infix: string, branch: number): void {
    let node = this.root;
    for (let at = 0; at < infix.length; at += 1) {
      const code = infix.charCodeAt(at);
      const next = node.next.get(code) ?? emptyNode();
      node.next.set(code, next);
      node = next;
    }
    node.branches.push(branch);
    this.isReady = false;
  }

  /** Calls back for each branch whose text the value has, once. */
  find(value: string, found: (branch: number) => void): void {
    if (this.root.next.size === 0) return;
    if (!this.isReady) this.makeReady();
    this.searches += 1;
    let node = this.root;
    for (let at = 0; at < value.length; at += 1) {
      node = step(node, value.charCodeAt(at)) ?? this.root;
      this.report(node, found);
    }
  }

  private report(ending: Node, found: (branch: number) => void): void {
    let node: Node | undefined = ending;
    while (node !== undefined && node.foundIn !== this.searches) {
      node.foundIn = this.searches;
      for (const branch of node.branches) found(branch);
      node = node.shorter;
    }
  }

  /** Links the nodes breadth first, so that the shorter texts are linked before the longer. */
  private makeReady(): void {
    const nodes = [this.root];
    for (const node of nodes) {
      for (const [code, next] of node.next) {
        const fallback = node.fallback === undefined ? undefined : step(node.fallback, code);
        next.fallback = fallback ?? this.root;
        next.shorter = next.fallback.branches.length > 0 ? next.fallback : next.fallback.shorter;
        nodes.push(next);
      }
    }
    this.isReady = true;
  }
}

/** The node of the longest text that the code goes on with; undefined where it begins none. */
function step(from: Node, code: number): Node | undefined {
  let node: Node | undefined = from;
  while (node !== undefined) {
    const next = node.next.get(code);
    if (next !== undefined) return next;
    node = node.fallback;
  }
  return undefined;
}

function emptyNode(): Node {
  const links = { fallback: undefined, shorter: undefined };
  return { next: new Map(), branches: [], ...links, foundIn: 0 };
}
