import type { Checksums } from '../checksums.ts';
import type { NewObject } from '../new-object.ts';

/** One part of an upload. */
export interface UploadedPart {
  readonly body: Uint8Array;
  readonly eTag: string;
  readonly lastModified: Date;
  /** Those that the client sent with it. */
  readonly checksums: Checksums;
}

/** An upload in parts that is under way; it lasts as long as the process. */
export interface MultipartUpload {
  readonly uploadId: string;
  readonly bucket: string;
  readonly initiated: Date;
  readonly object: Omit<NewObject, 'body' | 'eTag'>;
  /** `COMPOSITE` or `FULL_OBJECT`, where the client said one. */
  readonly checksumType: string | undefined;
  readonly parts: Map<number, UploadedPart>;
}
