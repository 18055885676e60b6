import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import type { StackPlace } from 'signalbox';

/** The buckets of the account. */
export async function bucketNames({ client }: StackPlace): Promise<readonly string[]> {
  const { Buckets = [] } = await new S3Client(client).send(new ListBucketsCommand({}));
  return Buckets.flatMap(({ Name }) => Name ?? []);
}
