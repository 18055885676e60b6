import type { BucketFacts, BucketName, LifecycleConfiguration } from './bucket-facts.ts';
import { type Unknown, unknownBy } from './unknown.ts';

/** The address of a bucket: its Region and its owner. */
export interface BucketLocation extends BucketName {
  readonly region: string;
}

/** S3's responses about one bucket; each call fails by an error that carries S3's name. */
export interface BucketReader {
  lifecycle(place: BucketLocation): Promise<LifecycleConfiguration | undefined>;
  versioning(place: BucketLocation): Promise<Pick<BucketFacts, 'versioning' | 'isMfaDelete'>>;
  tags(place: BucketLocation): Promise<Readonly<Record<string, string>>>;
}

/** The facts of a bucket, or why they were not read. */
export type Read =
  | { readonly kind: 'facts'; readonly facts: BucketFacts }
  | { readonly kind: 'unknown'; readonly unknown: Unknown };

/** Reads what an audit needs of a bucket; a call that fails makes it unknown, and never throws. */
export async function readFacts(reader: BucketReader, place: BucketLocation): Promise<Read> {
  let call = 'GetBucketLifecycleConfiguration';
  try {
    const configuration = await reader.lifecycle(place);
    call = 'GetBucketVersioning';
    const versioning = await reader.versioning(place);
    call = 'GetBucketTagging';
    const tags = await reader.tags(place);
    return { kind: 'facts', facts: { ...place, configuration, ...versioning, tags } };
  } catch (error) {
    return { kind: 'unknown', unknown: unknownBy(call, error) };
  }
}
