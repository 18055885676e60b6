import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  S3Client,
} from '@aws-sdk/client-s3';
import { type AddCommand, physicalId, type Session, UserError } from 'signalbox';

/** `reports empty`: deletes every version of every report, so that `sam delete` can delete the bucket. */
export const addReports: AddCommand = (program, sessionOf) => {
  const reports = program.command('reports').description('the bucket of reports and backups');
  reports
    .command('empty')
    .description(
      'delete every version of every report and backup, for "sam delete" refuses a full bucket',
    )
    .option('--yes', 'say that this is meant: nothing brings them back')
    .action(async ({ yes }: { readonly yes?: boolean }, command) => {
      const session = sessionOf(command);
      const bucket = await physicalId(session, 'AWS::S3::Bucket', 'ReportsBucket');
      if (yes !== true) {
        throw new UserError('usage', `Add --yes to delete all that is in ${bucket}, for good`);
      }
      const deleted = await empty(session, bucket);
      session.output.result({ bucket, deleted }, () => [
        `Deleted ${deleted} versions and delete markers of ${bucket}`,
      ]);
    });
};

/** A page of versions at a time, which is as many as one call deletes; the first page is asked for again until it is empty. */
async function empty({ client: options }: Session, Bucket: string): Promise<number> {
  const client = new S3Client(options);
  let deleted = 0;
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (found.length === 0) return deleted;
    const Objects: ObjectIdentifier[] = found.map(({ Key = '', VersionId }) => ({
      Key,
      ...(VersionId === undefined ? {} : { VersionId }),
    }));
    const { Errors: [error] = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    if (error !== undefined) {
      throw new UserError('invalid', `Cannot delete ${error.Key}: ${error.Code}: ${error.Message}`);
    }
    deleted += Objects.length;
  }
}
