import { BODY_CHECKSUMS } from '../../core/body-checksums.ts';

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
  return { ...input, [`Checksum${algorithm}`]: digest(bytesOf(body)) };
}

const DIGESTS: ReadonlyMap<unknown, (body: Uint8Array) => string> = new Map(
  Object.entries(BODY_CHECKSUMS),
);

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === 'string' ? body : '');
}
