import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { BucketLocation, BucketReader } from './read-facts.ts';

/** Makes a reader of S3, with the client of each Region. */
export function createBucketReader(clientIn: (region: string) => S3Client): BucketReader {
  const asked = ({ bucket, accountId }: BucketLocation) => ({
    Bucket: bucket,
    ExpectedBucketOwner: accountId,
  });
  return {
    async lifecycle(place) {
      const command = new GetBucketLifecycleConfigurationCommand(asked(place));
      const answer = await unless('NoSuchLifecycleConfiguration', () =>
        clientIn(place.region).send(command),
      );
      if (answer === undefined) return undefined;
      const { Rules: rules = [], TransitionDefaultMinimumObjectSize: minimumObjectSize } = answer;
      return { rules, minimumObjectSize };
    },
    async versioning(place) {
      const command = new GetBucketVersioningCommand(asked(place));
      const { Status: versioning, MFADelete: mfaDelete } = await clientIn(place.region).send(
        command,
      );
      return { versioning, isMfaDelete: mfaDelete === 'Enabled' };
    },
    async tags(place) {
      const command = new GetBucketTaggingCommand(asked(place));
      const answer = await unless('NoSuchTagSet', () => clientIn(place.region).send(command));
      return Object.fromEntries(
        (answer?.TagSet ?? []).map(({ Key: key = '', Value: value = '' }) => [key, value]),
      );
    },
  };
}

/** AWS: what a bucket does not have is answered by an error, which the API's model does not name. */
async function unless<T>(name: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  }
}
