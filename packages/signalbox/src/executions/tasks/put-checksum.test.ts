import { expect, test } from '@jest/globals';
import { withChecksum } from './put-checksum.ts';

// Recorded: TestTaskServiceAwsSdk::test_s3_put_object.
test('a body has its CRC-32 as AWS answers it', () => {
  expect(withChecksum({ Body: '"text data"' })).toEqual({
    Body: '"text data"',
    ChecksumCRC32: 'KUmHvQ==',
  });
});

test('the algorithm that is named is taken', () => {
  expect(withChecksum({ Body: '', ChecksumAlgorithm: 'SHA1' })).toHaveProperty(
    'ChecksumSHA1',
    '2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
  );
});

test('a checksum that is given stays alone', () => {
  const input = { Body: 'a', ChecksumCRC32C: 'wdBDMA==' };

  expect(withChecksum(input)).toBe(input);
});
