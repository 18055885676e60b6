import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { AwsError } from '../../core/aws-error.ts';
import { missingParameter } from './sqs-errors.ts';

/**
 * Runs each entry of a batch by itself: a refused entry fails alone.
 * @throws {AwsError} When the batch as a whole is empty, too long, or its ids are wrong.
 */
export function runBatch<Entry extends { readonly Id: string | undefined }, Output extends object>(
  kind: string,
  entries: readonly Entry[] | undefined,
  run: (entry: Entry) => Output,
): { Successful: (Output & { Id: string })[]; Failed: BatchResultErrorEntry[] | undefined } {
  const ids = checkIds(kind, entries);
  const successful: (Output & { Id: string })[] = [];
  const failed: BatchResultErrorEntry[] = [];
  (entries ?? []).forEach((entry, position) => {
    const Id = ids[position] ?? '';
    try {
      successful.push({ ...run(entry), Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id, SenderFault: true, Code: error.name, Message: error.message });
    }
  });
  return { Successful: successful, Failed: failed.length > 0 ? failed : undefined };
}

function checkIds(
  kind: string,
  entries: readonly { readonly Id: string | undefined }[] | undefined,
): string[] {
  if (entries === undefined || entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${kind} in the request.`);
  }
  if (entries.length > 10) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (Id === undefined) throw missingParameter('Id');
    if (!/^[\w-]{1,80}$/.test(Id)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (seen.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    seen.add(Id);
  }
  return [...seen];
}
