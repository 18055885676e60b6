import type { Leaf } from '../leaf.ts';

/** The same IP address. */
export interface AddressMatch {
  readonly kind: 'address';
  /** As the user wrote it. */
  readonly text: string;
  /** The address in hexadecimal, 8 or 32 digits. */
  readonly digits: string;
}

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
/** IPv4 addresses mapped into IPv6 are IPv4 addresses to EventBridge. */
const MAPPED = '00000000000000000000ffff';

/** Returns whether a text looks like an IP address, which is not to say that it is one. */
export function looksLikeAddress(text: string): boolean {
  return IPV4.test(text) || IPV6.test(text);
}

/** Reads an IPv4 or IPv6 address into 8 or 32 hexadecimal digits; undefined where it is none. */
export function parseAddress(text: string): string | undefined {
  if (IPV4.test(text)) return parseIpv4(text);
  if (!IPV6.test(text)) return undefined;
  const digits = parseIpv6(text);
  return digits?.startsWith(MAPPED) ? digits.slice(MAPPED.length) : digits;
}

function parseIpv4(text: string): string | undefined {
  const octets = text.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join('');
}

function parseIpv6(text: string): string | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = [...head, ...(tail ?? [])];
  if (given.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const missing = 8 - given.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])];
  return groups.map((group) => group.padStart(4, '0').toLowerCase()).join('');
}

/** Returns whether the value is the wanted address. */
export function isAddress(match: AddressMatch, value: Leaf): boolean {
  return typeof value === 'string' && parseAddress(value) === match.digits;
}
