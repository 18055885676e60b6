import { createHash } from 'node:crypto';

/** Hashes text (SHA-256, hexadecimal). */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Writes a JSON value with the keys of every object sorted and absent values left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
