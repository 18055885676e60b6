/**
 * Shortens a physical name to what tells it from the others: without the stack's name before it and the
 * random parts that CloudFormation puts in.
 *
 * @example shortName('shop-Orders-1A2B3C4D-ChargeFunction', 'shop') // 'Orders-ChargeFunction'
 */
export function shortName(name: string, stack: string): string {
  const own = name.startsWith(`${stack}-`) ? name.slice(stack.length + 1) : name;
  const parts = own
    .split('-')
    .filter(
      (part) => !/^([0-9A-F]{8}|[0-9a-f]{8}|[0-9A-Za-z]{12,13})$/.test(part) || !/\d/.test(part),
    );
  return parts.join('-') || name;
}
