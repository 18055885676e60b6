import { AwsError } from '../../../core/aws-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { TableActions } from '../deletion-protection.ts';
import type { Streams } from './streams.ts';
import { STREAM_VIEWS, type StreamView, streamViewOf } from './table-stream.ts';

/**
 * Adds streams to the actions on tables; everything in DynamoDB's JSON.
 * Recorded on AWS: a stream's view cannot be changed, and a stream that is switched off keeps its ARN.
 */
export function withStreams(actions: TableActions, streams: Streams): TableActions {
  function described(table: Json | undefined): JsonObject {
    if (!isJsonObject(table)) return {};
    const stream = streams.latestOf(String(table['TableName']));
    if (stream === undefined) return table;
    const { view, arn, label, disabledMs } = stream;
    return {
      ...table,
      ...(disabledMs === undefined && {
        StreamSpecification: { StreamEnabled: true, StreamViewType: view },
      }),
      LatestStreamArn: arn,
      LatestStreamLabel: label,
    };
  }

  return {
    async CreateTable({ StreamSpecification, ...input }) {
      const wish = readWish(StreamSpecification);
      const { TableDescription } = await actions.CreateTable(input);
      if (isJsonObject(TableDescription) && wish?.view !== undefined) {
        streams.enable(TableDescription, wish.view);
      }
      return { TableDescription: described(TableDescription) };
    },
    async UpdateTable({ StreamSpecification, ...input }) {
      const wish = readWish(StreamSpecification);
      const { TableName = null } = input;
      const { Table } =
        wish === undefined ? { Table: undefined } : await actions.DescribeTable({ TableName });
      if (isJsonObject(Table)) refuseAsItIs(streams, String(Table['TableName']), wish?.view);
      const changesMore = Object.keys(input).some((name) => name !== 'TableName');
      const { TableDescription } =
        changesMore || Table === undefined
          ? await actions.UpdateTable(input)
          : { TableDescription: Table };
      if (isJsonObject(Table) && wish?.view !== undefined) streams.enable(Table, wish.view);
      else if (isJsonObject(Table)) streams.disable(String(Table['TableName']));
      return { TableDescription: described(TableDescription) };
    },
    async DescribeTable(input) {
      const { Table } = await actions.DescribeTable(input);
      return { Table: described(Table) };
    },
    async DeleteTable(input) {
      const { TableDescription } = await actions.DeleteTable(input);
      const deleted = described(TableDescription);
      streams.disable(String(deleted['TableName']));
      return { TableDescription: deleted };
    },
  };
}

/** The view that a stream shall have; undefined where it shall be off. */
interface Wish {
  readonly view: StreamView | undefined;
}

function readWish(specification: Json | undefined): Wish | undefined {
  if (!isJsonObject(specification)) return undefined;
  const { StreamEnabled, StreamViewType } = specification;
  if (StreamViewType !== undefined && streamViewOf(StreamViewType) === undefined) {
    throw invalid(
      `1 validation error detected: Value '${String(StreamViewType)}' at 'streamSpecification.streamViewType' failed to satisfy constraint: Member must satisfy enum value set: [${STREAM_VIEWS.join(', ')}]`,
    );
  }
  if (StreamEnabled === true && StreamViewType === undefined) {
    throw invalid(
      'One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required',
    );
  }
  if (StreamEnabled !== true && StreamViewType !== undefined) {
    throw invalid(
      'One or more parameter values were invalid: If stream is being disabled, then UpdateViewType must not be specified',
    );
  }
  return { view: streamViewOf(StreamViewType) };
}

function refuseAsItIs(streams: Streams, tableName: string, view: StreamView | undefined): void {
  const stream = streams.latestOf(tableName);
  const isOn = stream !== undefined && stream.disabledMs === undefined;
  if (view !== undefined && isOn) {
    throw invalid(`Table already has an enabled stream: TableName: ${tableName}`);
  }
  if (view === undefined && !isOn) {
    throw invalid(`Table has no stream to disable: TableName: ${tableName}`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
