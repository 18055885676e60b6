import type { ObjectVersion } from './bucket.ts';

/** An object to be written. */
export interface NewObject
  extends Omit<ObjectVersion, 'versionId' | 'isDeleteMarker' | 'eTag' | 'lastModified'> {
  /** The MD5 of the body unless given. */
  readonly eTag?: string;
}
