import { listNode, type Node, textNode } from '../document/node.ts';
import { broken, itemsOf, refuse, textPart } from './arguments.ts';
import type { Call } from './scope.ts';

/** `Fn::Cidr`: `[block, count, bits]`, IPv4 ranges of `bits` host bits each. */
export function cidr(call: Call): Node {
  const items = itemsOf(call, '[block, count, bits]', 2, 3);
  if (items === undefined) return broken(call);
  const texts = items.map((item) => textPart(call, item, 'each of its parts'));
  const [block, count, bits = '8'] = texts;
  if (texts.includes(undefined) || block === undefined || count === undefined) return broken(call);
  const range = parseRange(block);
  if (range === undefined)
    return refuse(call, `takes an IPv4 block such as 10.0.0.0/16, not ${block}`);
  const size = 2 ** Number(bits);
  const available = 2 ** (32 - range.prefix) / size;
  if (!(Number(count) >= 1 && Number(count) <= Math.min(256, available))) {
    return refuse(call, `cannot cut ${count} ranges of ${bits} bits from ${block}`);
  }
  const ranges = Array.from({ length: Number(count) }, (_, index) =>
    textNode(`${addressOf(range.start + index * size)}/${32 - Number(bits)}`, call.place),
  );
  return listNode(ranges, call.place);
}

function parseRange(block: string): { start: number; prefix: number } | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  return { start: ((a * 256 + b) * 256 + c) * 256 + d, prefix };
}

function addressOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
