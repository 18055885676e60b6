import type {
  CompleteMultipartUploadCommandInput,
  CompleteMultipartUploadCommandOutput,
} from '@aws-sdk/client-s3';
import type { S3Output } from '../buckets.ts';

/** What completing an upload answers. */
export type CompletedOutput = S3Output<CompleteMultipartUploadCommandOutput>;

/** So many completed uploads are remembered, the last ones. */
const MOST = 1_000;

/** What was answered to uploads that were completed: a client whose answer was lost asks again. */
export interface CompletedUploads {
  /** The answer to the same request; undefined where there was none. */
  answerTo(input: CompleteMultipartUploadCommandInput): CompletedOutput | undefined;
  note(input: CompleteMultipartUploadCommandInput, output: CompletedOutput): void;
}

/** Remembers nothing yet. AWS: "CompleteMultipartUpload" may be sent again while the upload's id is known. */
export function createCompletedUploads(): CompletedUploads {
  const answers = new Map<string, CompletedOutput>();
  return {
    answerTo: (input) => answers.get(keyOf(input)),
    note(input, output) {
      answers.set(keyOf(input), output);
      const [oldest] = answers.keys();
      if (answers.size > MOST && oldest !== undefined) answers.delete(oldest);
    },
  };
}

function keyOf({ Bucket, Key, UploadId, MultipartUpload }: CompleteMultipartUploadCommandInput) {
  const parts = (MultipartUpload?.Parts ?? []).map(({ PartNumber, ETag }) => [PartNumber, ETag]);
  return JSON.stringify([Bucket, Key, UploadId, parts]);
}
