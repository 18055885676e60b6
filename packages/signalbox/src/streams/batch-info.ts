import type { GivenUp } from './stream-reader.ts';

/**
 * Says which records of a stream were given up; the records themselves are in the stream.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function batchInfo({ batch, shardId }: GivenUp, streamArn: string): object {
  const first = batch[0]?.dynamodb;
  const last = batch.at(-1)?.dynamodb;
  const arrival = (seconds = 0): string =>
    new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return {
    shardId,
    startSequenceNumber: first?.SequenceNumber,
    endSequenceNumber: last?.SequenceNumber,
    approximateArrivalOfFirstRecord: arrival(first?.ApproximateCreationDateTime),
    approximateArrivalOfLastRecord: arrival(last?.ApproximateCreationDateTime),
    batchSize: batch.length,
    streamArn,
  };
}
