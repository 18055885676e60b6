import type {
  DescribeStreamInput,
  GetRecordsInput,
  GetShardIteratorInput,
  ListStreamsInput,
} from '@aws-sdk/client-dynamodb-streams';
import { AwsError } from '../../../core/aws-error.ts';
import type { Clock } from '../../../core/clock.ts';
import { actions, type Service } from '../../../core/service.ts';
import { fromWire } from '../wire.ts';
import { readShardIterator, toShardIterator } from './shard-iterator.ts';
import type { StreamRecord } from './stream-record.ts';
import type { Streams } from './streams.ts';
import { shardIdOf, type TableStream } from './table-stream.ts';

const MAX_RECORDS = 1000;
const MAX_BYTES = 1_048_576;

/**
 * Amazon DynamoDB Streams' API. A stream has one shard as long as it is on (AWS: several, which come
 * and go within hours), so that its records have one order.
 */
export function createStreamsService(streams: Streams, clock: Clock): Service {
  const realMs = (): number => clock.now().getTime() - clock.skippedMs();

  function found(arn: string | undefined): TableStream {
    const stream = streams.all().find((each) => each.arn === arn);
    if (stream !== undefined) return stream;
    throw new AwsError(
      'ResourceNotFoundException',
      `Requested resource not found: Stream: ${arn} not found`,
    );
  }

  return {
    name: 'dynamodbstreams',
    client: '@aws-sdk/client-dynamodb-streams',
    actions: actions({
      ListStreams: (input: ListStreamsInput) => listStreams(streams, input),
      DescribeStream(input: DescribeStreamInput) {
        const stream = found(input.StreamArn);
        const records = streams.recordsOf(stream.arn);
        return { StreamDescription: describedStream(stream, records, input) };
      },
      GetShardIterator(input: GetShardIteratorInput) {
        const stream = found(input.StreamArn);
        if (input.ShardId !== shardIdOf(stream)) throw noShard(input.ShardId);
        const after = startOf(input, streams, streams.recordsOf(stream.arn));
        const place = { streamArn: stream.arn, after };
        return { ShardIterator: toShardIterator(place, realMs()) };
      },
      GetRecords({ ShardIterator = '', Limit = MAX_RECORDS }: GetRecordsInput) {
        const { streamArn, after } = readShardIterator(ShardIterator, realMs());
        const { disabledMs } = found(streamArn);
        const records = recordsAfter(streams.recordsOf(streamArn), after);
        const page = pageOf(records, Math.min(Limit, MAX_RECORDS));
        const isClosed = disabledMs !== undefined && page.length === records.length;
        const next = { streamArn, after: page.at(-1)?.dynamodb.SequenceNumber ?? after };
        return {
          Records: page.map(toRecord),
          ...(!isClosed && { NextShardIterator: toShardIterator(next, realMs()) }),
        };
      },
    }),
  };
}

function listStreams(streams: Streams, input: ListStreamsInput): object {
  const { TableName, Limit = 100, ExclusiveStartStreamArn: start } = input;
  const listed = streams
    .all()
    .filter((stream) => TableName === undefined || stream.tableName === TableName)
    .filter(({ arn }) => start === undefined || arn > start);
  const page = listed.slice(0, Math.min(Limit, 100));
  return {
    Streams: page.map(({ arn, tableName, label }) => ({
      StreamArn: arn,
      TableName: tableName,
      StreamLabel: label,
    })),
    ...(page.length < listed.length && { LastEvaluatedStreamArn: page.at(-1)?.arn }),
  };
}

function describedStream(
  stream: TableStream,
  records: readonly StreamRecord[],
  { ExclusiveStartShardId, ShardFilter }: Partial<DescribeStreamInput>,
): object {
  const { arn, label, tableName, view, keySchema, createdMs, disabledMs } = stream;
  const isOn = disabledMs === undefined;
  const ShardId = shardIdOf(stream);
  // A shard that is alone has no children to filter for.
  const isShown = ExclusiveStartShardId === undefined && ShardFilter === undefined;
  const EndingSequenceNumber = records.at(-1)?.dynamodb.SequenceNumber ?? firstNumber(stream);
  const SequenceNumberRange = {
    StartingSequenceNumber: firstNumber(stream),
    ...(!isOn && { EndingSequenceNumber }),
  };
  return {
    StreamArn: arn,
    StreamLabel: label,
    StreamStatus: isOn ? 'ENABLED' : 'DISABLED',
    StreamViewType: view,
    CreationRequestDateTime: new Date(createdMs),
    TableName: tableName,
    KeySchema: keySchema,
    Shards: isShown ? [{ ShardId, SequenceNumberRange }] : [],
  };
}

function firstNumber({ createdMs }: TableStream): string {
  return String(BigInt(createdMs) * 100_000n + 100_000_000_000_000_000_000n);
}

function startOf(
  { ShardIteratorType, SequenceNumber }: Partial<GetShardIteratorInput>,
  streams: Streams,
  records: readonly StreamRecord[],
): string {
  if (ShardIteratorType === 'TRIM_HORIZON') return '';
  if (ShardIteratorType === 'LATEST') return streams.lastNumber();
  if (SequenceNumber === undefined) {
    throw new AwsError(
      'ValidationException',
      `SequenceNumber is required for ShardIteratorType ${ShardIteratorType}`,
    );
  }
  if (ShardIteratorType === 'AFTER_SEQUENCE_NUMBER') return SequenceNumber;
  const before = records.filter(({ dynamodb }) => dynamodb.SequenceNumber < SequenceNumber);
  return before.at(-1)?.dynamodb.SequenceNumber ?? '';
}

function recordsAfter(records: readonly StreamRecord[], after: string): readonly StreamRecord[] {
  const from = records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber > after);
  return from < 0 ? [] : records.slice(from);
}

function pageOf(records: readonly StreamRecord[], limit: number): readonly StreamRecord[] {
  const page: StreamRecord[] = [];
  let bytes = 0;
  for (const record of records.slice(0, limit)) {
    bytes += Number(record.dynamodb['SizeBytes']);
    if (page.length > 0 && bytes > MAX_BYTES) break;
    page.push(record);
  }
  return page;
}

function toRecord({ userIdentity, ...record }: StreamRecord): object {
  const { ApproximateCreationDateTime } = record.dynamodb;
  const at = new Date(ApproximateCreationDateTime * 1000);
  return {
    ...fromWire(record),
    dynamodb: { ...fromWire(record.dynamodb), ApproximateCreationDateTime: at },
    ...(userIdentity !== undefined && {
      userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' },
    }),
  };
}

function noShard(shardId: string | undefined): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Shard does not exist: ${shardId}`,
  );
}
