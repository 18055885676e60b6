/** The remainders of each byte by a polynomial, its bits reversed. */
function crcTable(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = (remainder >>> 1) ^ (remainder & 1 ? polynomial : 0);
    }
    return remainder;
  });
}

const CRC32 = crcTable(0xed_b8_83_20);
const CRC32C = crcTable(0x82_f6_3b_78);

/**
 * Returns the CRC-32 of a body, as gzip and DynamoDB have it.
 * @example
 * crc32(new TextEncoder().encode('{}')); // 2745614147
 */
export function crc32(body: Uint8Array): number {
  return crcOf(body, CRC32);
}

/** Returns the CRC-32C (Castagnoli) of a body. */
export function crc32c(body: Uint8Array): number {
  return crcOf(body, CRC32C);
}

function crcOf(body: Uint8Array, table: Uint32Array): number {
  let remainder = 0xff_ff_ff_ff;
  // By index: an iterator takes six times as long.
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    remainder = (remainder >>> 8) ^ (table[(remainder ^ byte) & 0xff] ?? 0);
  }
  return (remainder ^ 0xff_ff_ff_ff) >>> 0;
}
