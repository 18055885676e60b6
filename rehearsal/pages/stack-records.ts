import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import {
  DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';
import { physicalId, type StackPlace } from 'signalbox';

/** An item of a table, as it is. */
export type Item = Readonly<Record<string, unknown>>;

/** Reads what the workflows of a stack keep, in tables and in the reports' bucket. */
export interface StackRecords {
  /** An item by its key; `names` are the attributes that are read, all unless given. */
  item(
    table: string,
    key: Readonly<Record<string, string>>,
    names?: readonly string[],
  ): Promise<Item | undefined>;
  /** All items of a partition, in the order of their sort keys. */
  partition(table: string, keyName: string, key: string): Promise<readonly Item[]>;
  /** All items of a table. */
  items(table: string): Promise<readonly Item[]>;
  /** The keys below a prefix of the reports' bucket. */
  keys(prefix: string): Promise<readonly string[]>;
  /** The text of a report; undefined where there is none. */
  report(key: string): Promise<string | undefined>;
}

/** Opens the records of a stack; a table and the bucket are named by their logical ids. */
export function stackRecords(place: StackPlace): StackRecords {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(place.client));
  const s3 = new S3Client(place.client);
  const table = (name: string) => physicalId(place, 'AWS::DynamoDB::Table', name);
  const bucket = () => physicalId(place, 'AWS::S3::Bucket', 'ReportsBucket');
  return {
    async item(name, key, names) {
      const { Item: item } = await documents.send(
        new GetCommand({ TableName: await table(name), Key: { ...key }, ...projectionOf(names) }),
      );
      return item;
    },
    async partition(name, keyName, key) {
      const pages = paginateQuery(
        { client: documents },
        {
          TableName: await table(name),
          KeyConditionExpression: '#key = :key',
          ExpressionAttributeNames: { '#key': keyName },
          ExpressionAttributeValues: { ':key': key },
        },
      );
      return gather(pages, ({ Items }) => Items ?? []);
    },
    async items(name) {
      const pages = paginateScan({ client: documents }, { TableName: await table(name) });
      return gather(pages, ({ Items }) => Items ?? []);
    },
    async keys(prefix) {
      const pages = paginateListObjectsV2(
        { client: s3 },
        { Bucket: await bucket(), Prefix: prefix },
      );
      return gather(pages, ({ Contents }) => (Contents ?? []).flatMap(({ Key }) => Key ?? []));
    },
    async report(key) {
      try {
        const asked = new GetObjectCommand({ Bucket: await bucket(), Key: key });
        return await (await s3.send(asked)).Body?.transformToString();
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
  };
}

/** Names may be words of DynamoDB's own. */
function projectionOf(names: readonly string[] | undefined) {
  if (names === undefined) return {};
  return {
    ProjectionExpression: names.map((_, at) => `#n${at}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#n${at}`, name])),
  };
}

async function gather<Page, One>(
  pages: AsyncIterable<Page>,
  read: (page: Page) => readonly One[],
): Promise<readonly One[]> {
  const all: One[] = [];
  for await (const page of pages) all.push(...read(page));
  return all;
}
