import { createHash } from 'node:crypto';
import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import { AwsError } from '../../core/aws-error.ts';
import { BODY_CHECKSUMS } from '../../core/body-checksums.ts';

/** The members of an input or output that hold a checksum, base64-encoded. */
const CHECKSUMS = [
  'ChecksumCRC32',
  'ChecksumCRC32C',
  'ChecksumCRC64NVME',
  'ChecksumSHA1',
  'ChecksumSHA256',
] as const;

/** The checksums of a body that a client has sent, by the names of the API. */
export type Checksums = Readonly<Partial<Record<(typeof CHECKSUMS)[number], string>>>;

/** The members of an input that its body is held against. */
type ChecksumInput = Pick<PutObjectCommandInput, (typeof CHECKSUMS)[number] | 'ContentMD5'>;

/** The checksums that came with a body. */
export function checksumsOf(input: ChecksumInput): Checksums {
  const given = CHECKSUMS.flatMap((name) =>
    input[name] === undefined ? [] : [[name, input[name]]],
  );
  return Object.fromEntries(given);
}

/** Checksums as an output names them. */
export function checksumOutput(checksums: Checksums = {}): object {
  if (Object.keys(checksums).length === 0) return {};
  // That of parts has their number behind it, and base64 no hyphen.
  const isComposite = Object.values(checksums).some((checksum) => checksum.includes('-'));
  return { ...checksums, ChecksumType: isComposite ? 'COMPOSITE' : 'FULL_OBJECT' };
}

/**
 * Holds a body against the digest and the checksums that came with it.
 * @throws {AwsError} `BadDigest` or `InvalidDigest`.
 */
export function checkBody(body: Uint8Array, input: ChecksumInput): void {
  const { ContentMD5: md5 } = input;
  if (md5 !== undefined) checkMd5(body, md5);
  checkOne('CRC32', input.ChecksumCRC32, body);
  checkOne('CRC32C', input.ChecksumCRC32C, body);
  checkOne('SHA1', input.ChecksumSHA1, body);
  checkOne('SHA256', input.ChecksumSHA256, body);
}

function checkMd5(body: Uint8Array, given: string): void {
  if (Buffer.from(given, 'base64').length !== 16) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
      'Content-MD5': given,
    });
  }
  const md5 = createHash('md5').update(body).digest('base64');
  if (md5 === given) return;
  throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
    ExpectedDigest: given,
    CalculatedDigest: md5,
  });
}

function checkOne(
  algorithm: keyof typeof BODY_CHECKSUMS,
  given: string | undefined,
  body: Uint8Array,
): void {
  if (given === undefined || given === BODY_CHECKSUMS[algorithm](body)) return;
  throw new AwsError(
    'BadDigest',
    `The ${algorithm} you specified did not match the calculated checksum.`,
  );
}
