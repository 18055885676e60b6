import { type Alias, type Document, type Node, visit } from 'yaml';

/**
 * Finds the node of each alias's anchor, the last of its name before the alias, in one walk: the
 * library's own `Alias.resolve()` walks the whole document for each.
 */
export function anchoredNodes(document: Document): ReadonlyMap<Alias, Node> {
  const byName = new Map<string, Node>();
  const byAlias = new Map<Alias, Node>();
  visit(document, {
    Value(_key, node) {
      if (node.anchor !== undefined) byName.set(node.anchor, node);
    },
    Alias(_key, alias) {
      const node = byName.get(alias.source);
      if (node !== undefined) byAlias.set(alias, node);
    },
  });
  return byAlias;
}
