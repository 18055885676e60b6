import { createHash } from 'node:crypto';
import { crc32, crc32c } from '../../core/crc.ts';

/**
 * Adds the checksum that AWS's SDK computes of a body by itself: CRC-32 unless `ChecksumAlgorithm` names another,
 * and none beside one that is given (recorded: `aws-sdk:s3:putObject` answers `ChecksumCRC32`).
 */
export function withChecksum(input: object): object {
  if (Object.keys(input).some((name) => /^Checksum(?!Algorithm)/.test(name))) return input;
  const { Body: body, ChecksumAlgorithm: algorithm = 'CRC32' } = {
    Body: undefined,
    ...input,
  };
  const digest = DIGESTS.get(algorithm);
  if (digest === undefined) return input;
  return { ...input, [`Checksum${algorithm}`]: digest(bytesOf(body)).toString('base64') };
}

const DIGESTS: ReadonlyMap<unknown, (body: Uint8Array) => Buffer> = new Map([
  ['CRC32', (body: Uint8Array) => fourBytes(crc32(body))],
  ['CRC32C', (body: Uint8Array) => fourBytes(crc32c(body))],
  ['SHA1', (body: Uint8Array) => createHash('sha1').update(body).digest()],
  ['SHA256', (body: Uint8Array) => createHash('sha256').update(body).digest()],
]);

function fourBytes(crc: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes;
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === 'string' ? body : '');
}
