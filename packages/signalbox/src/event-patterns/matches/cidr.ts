import type { JsonTokens } from '../../core/json-text/json-tokens.ts';
import { InvalidPattern } from '../invalid-pattern.ts';
import type { Leaf } from '../leaf.ts';
import { looksLikeAddress, parseAddress } from './address.ts';
import { readEnd } from './match-text.ts';

/** An IP address in a block; the bounds are in hexadecimal, 8 or 32 digits. */
export interface CidrMatch {
  readonly kind: 'cidr';
  readonly text: string;
  readonly bottom: string;
  readonly top: string;
}

/** Reads `{"cidr": …}` from behind its name. */
export function readCidr(tokens: JsonTokens): CidrMatch {
  // EventBridge says "prefix" here.
  if (tokens.next() !== 'string') tokens.fail('prefix match pattern must be a string');
  const match = parseCidr(tokens.text());
  readEnd(tokens);
  return match;
}

/** Returns whether the value is an address of the block. */
export function isInCidr({ bottom, top }: CidrMatch, value: Leaf): boolean {
  const digits = typeof value === 'string' ? parseAddress(value) : undefined;
  return (
    digits !== undefined && digits.length === bottom.length && bottom <= digits && digits <= top
  );
}

function parseCidr(text: string): CidrMatch {
  const [address = '', mask = '', ...more] = text.replace(/\/+$/, '').split('/');
  if (mask === '' || more.length > 0) throw new InvalidPattern("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(mask)) {
    throw new InvalidPattern('Malformed CIDR, mask bits must be an integer');
  }
  const maskBits = Number(mask);
  if (maskBits < 0) throw new InvalidPattern('Malformed CIDR, mask bits must not be negative');
  const digits = parseAddress(address);
  if (digits === undefined) {
    const kind = looksLikeAddress(address) ? 'Invalid' : 'Nonstandard';
    throw new InvalidPattern(`${kind} IP address: ${address}`);
  }
  const bits = digits.length * 4;
  if (maskBits >= bits) {
    throw new InvalidPattern(`${bits === 32 ? 'IPv4' : 'IPv6'} mask bits must be < ${bits}`);
  }
  const hostBits = (1n << BigInt(bits - maskBits)) - 1n;
  const written = BigInt(`0x${digits}`);
  const hex = (value: bigint) => value.toString(16).padStart(digits.length, '0');
  return { kind: 'cidr', text, bottom: hex(written & ~hostBits), top: hex(written | hostBits) };
}
