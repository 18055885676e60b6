import type { ExprNode } from 'jsonata';

/** Says whether an expression reads `$states.errorOutput` or `$states.result`, which not every field has. */
export function readsOfStates(node: ExprNode, member: 'errorOutput' | 'result'): boolean {
  return reads(node, member);
}

function reads(node: unknown, member: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('steps' in node && Array.isArray(node.steps) && beginsWith(node.steps, member)) return true;
  return Object.values(node).some((inner) => reads(inner, member));
}

function beginsWith([variable, name]: readonly unknown[], member: string): boolean {
  return isOf(variable, 'variable', 'states') && isOf(name, 'name', member);
}

function isOf(node: unknown, type: string, value: string): boolean {
  return (
    typeof node === 'object' &&
    node !== null &&
    'type' in node &&
    node.type === type &&
    'value' in node &&
    node.value === value
  );
}
