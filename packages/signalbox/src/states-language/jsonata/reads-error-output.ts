import type { ExprNode } from 'jsonata';

/** Says whether an expression reads `$states.errorOutput`, which only a Catch has. */
export function readsErrorOutput(node: ExprNode): boolean {
  return reads(node);
}

function reads(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('steps' in node && Array.isArray(node.steps) && beginsWithErrorOutput(node.steps))
    return true;
  return Object.values(node).some(reads);
}

function beginsWithErrorOutput([variable, name]: readonly unknown[]): boolean {
  return isOf(variable, 'variable', 'states') && isOf(name, 'name', 'errorOutput');
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
