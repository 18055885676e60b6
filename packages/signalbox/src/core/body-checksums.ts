import { createHash } from 'node:crypto';
import { crc32, crc32c } from './crc.ts';

/** The checksums that are computed of an object's body, base64-encoded, by S3's names of their algorithms. */
export const BODY_CHECKSUMS = {
  CRC32: (body: Uint8Array) => fourBytes(crc32(body)),
  CRC32C: (body: Uint8Array) => fourBytes(crc32c(body)),
  SHA1: (body: Uint8Array) => createHash('sha1').update(body).digest('base64'),
  SHA256: (body: Uint8Array) => createHash('sha256').update(body).digest('base64'),
} as const;

function fourBytes(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
}
