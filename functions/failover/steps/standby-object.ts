import {
  GetBucketPolicyStatusCommand,
  HeadObjectCommand,
  NotFound,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { ObjectUnreadableError } from '../errors.ts';

/** An object that inverted health checks watch. */
export interface StandbyObject {
  readonly bucket: string;
  readonly key: string;
}

/** The state of an object in a Region where nothing may respond. */
export interface Glance {
  /** Since when it has been there (ISO 8601); null where it is not, or cannot be read. */
  readonly since: string | null;
  /** The reason why it cannot be read; null where it was. */
  readonly problem: string | null;
}

/** Time that a recovery waits for a response of the Region that it leaves. */
const GLANCE_MS = 3_000;

/**
 * Reads since when the object has been there; undefined where it is not.
 * @throws {ObjectUnreadableError} When S3 returns an error, such as that access is denied.
 */
export async function lastModified(
  client: S3Client,
  { bucket, key }: StandbyObject,
  abortSignal?: AbortSignal,
): Promise<Date | undefined> {
  try {
    const { LastModified } = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: key }),
      abortSignal === undefined ? {} : { abortSignal },
    );
    return LastModified;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    if (!(error instanceof S3ServiceException)) throw error;
    // AWS: an answer to HEAD has no body, so that the SDK finds no name of the error in it.
    const { httpStatusCode: status } = error.$metadata;
    const reason = status === 403 ? 'access is denied' : `S3 answers ${status}`;
    throw new ObjectUnreadableError(`Cannot read s3://${bucket}/${key}: ${reason}`, {
      cause: error,
    });
  }
}

/** Reads an object of another Region, which may be the one that is lost: whatever goes wrong is an answer. */
export async function glanceAt(client: S3Client, object: StandbyObject): Promise<Glance> {
  try {
    const since = await lastModified(client, object, AbortSignal.timeout(GLANCE_MS));
    return { since: since?.toISOString() ?? null, problem: null };
  } catch (error) {
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { since: null, problem };
  }
}

/**
 * Says why health checkers, who sign nothing, cannot see the objects of a bucket; null where its policy lets
 * everybody in. It never fails: a recovery waits for nobody who can only be warned of something.
 */
export async function whyHidden(client: S3Client, bucket: string): Promise<string | null> {
  try {
    const { PolicyStatus: status } = await client.send(
      new GetBucketPolicyStatusCommand({ Bucket: bucket }),
      { abortSignal: AbortSignal.timeout(GLANCE_MS) },
    );
    return status?.IsPublic === true ? null : 'its policy lets nobody in who does not sign';
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    return name === 'NoSuchBucketPolicy'
      ? 'it has no policy'
      : `its policy cannot be asked: ${name}`;
  }
}
