import { BODY_CHECKSUMS } from '../../../core/body-checksums.ts';
import type { Checksums } from '../checksums.ts';
import type { UploadedPart } from './multipart-upload.ts';

const ALGORITHMS = ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const;

/**
 * The checksum of an object that was uploaded in parts: of the parts' own checksums, with their number behind it,
 * or of the whole body where the upload says so. AWS: "Checking object integrity", composite and full object.
 * @returns None where not every part came with one.
 */
export function wholeChecksums(
  parts: readonly UploadedPart[],
  body: Uint8Array,
  type: string | undefined,
): Checksums {
  const found = ALGORITHMS.flatMap((algorithm) => {
    const name = `Checksum${algorithm}` as const;
    const own = parts.flatMap(({ checksums }) => checksums[name] ?? []);
    if (own.length < parts.length) return [];
    if (type === 'FULL_OBJECT') return [[name, BODY_CHECKSUMS[algorithm](body)] as const];
    const digests = Buffer.concat(own.map((text) => Buffer.from(text, 'base64')));
    return [[name, `${BODY_CHECKSUMS[algorithm](digests)}-${parts.length}`] as const];
  });
  return Object.fromEntries(found);
}
