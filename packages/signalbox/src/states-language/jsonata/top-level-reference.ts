import type { ExprNode } from 'jsonata';

/**
 * Finds a name that an expression reads from a context that is not there: AWS gives expressions no
 * input, only `$states` and variables, and refuses such a reference when the machine is created.
 */
export function topLevelReference(node: ExprNode): string | undefined {
  return find(node, false);
}

/** Members of a node whose expressions see each item of what stands before them. */
const INNER = ['predicate', 'stages', 'group', 'update', 'delete'] as const;
/** Members whose expressions see what the node itself sees. */
const OUTER = [
  'lhs',
  'rhs',
  'expression',
  'expressions',
  'arguments',
  'procedure',
  'condition',
  'then',
  'else',
  'body',
] as const;

function find(node: unknown, hasContext: boolean): string | undefined {
  if (Array.isArray(node)) return firstOf(node, (item) => find(item, hasContext));
  if (!isNode(node)) return undefined;
  if (node['type'] === 'path' && Array.isArray(node['steps'])) return findInPath(node, hasContext);
  if (node['type'] === 'name' && !hasContext) return String(node['value']);
  if (node['type'] === 'variable') return contextIn(node, hasContext);
  return findInMembers(node, hasContext);
}

/** `$$` is the input, which there is none of, and `$` is it outside of any path. */
function contextIn(node: Members, hasContext: boolean): string | undefined {
  if (node['value'] === '$') return '$$';
  if (node['value'] === '' && !hasContext) return '$';
  return findInMembers(node, hasContext);
}

function findInPath(node: Members, hasContext: boolean): string | undefined {
  const steps: readonly unknown[] = Array.isArray(node['steps']) ? node['steps'] : [];
  return (
    firstOf(steps, (step, index) => find(step, hasContext || index > 0)) ??
    findInMembers(node, hasContext)
  );
}

function findInMembers(node: Members, hasContext: boolean): string | undefined {
  const binary = node['type'] === 'binary' && node['value'] === '[';
  return (
    firstOf(OUTER, (name) => find(node[name], hasContext || (binary && name === 'rhs'))) ??
    firstOf(INNER, (name) => find(node[name], true)) ??
    findInSorting(node)
  );
}

/** `^(…)` sorts items, each of which is the context of its terms. */
function findInSorting(node: Members): string | undefined {
  return find(node['terms'], true) ?? find(node['expr'], true);
}

function firstOf<T>(
  items: readonly T[],
  look: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = look(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Members = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
