/** The parts of an expression that hold no operator: texts, quoted names, comments. */
const OPAQUE = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\/\*[\s\S]*?\*\//g;

/** A regular expression stands where an operand may: after an opening mark, a comma or an operator. */
const REGULAR_EXPRESSION =
  /([(,[{:;=<>&~?+\-*%^!.]|^|\b(?:and|or|in))\s*\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\])+\/[im]*/g;

/** Returns whether an expression uses `??` or `?:`, which came with JSONata 2.1, after AWS's 2.0.6. */
export function usesNewerOperator(source: string): boolean {
  if (!source.includes('??') && !source.includes('?:')) return false;
  const code = source.replace(OPAQUE, '""').replace(REGULAR_EXPRESSION, '$1""');
  return code.includes('??') || code.includes('?:');
}
