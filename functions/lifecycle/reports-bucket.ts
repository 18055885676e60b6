import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type GenericSchema, type InferOutput, parse } from 'valibot';
import { requiredVariable } from '../shared/environment.ts';

const bucket = requiredVariable('REPORTS_BUCKET');
const client = new S3Client({ maxAttempts: 5 });

const TYPES = {
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
} as const;

/** Writes a text; its content type hangs on the key's extension. */
export async function putReport(key: string, text: string): Promise<void> {
  const extension = key.slice(key.lastIndexOf('.') + 1);
  const type = Object.entries(TYPES).find(([known]) => known === extension)?.[1];
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: text,
      ...(type === undefined ? {} : { ContentType: type }),
    }),
  );
}

/** Reads a text. */
export async function readReport(key: string): Promise<string> {
  const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await body?.transformToString()) ?? '';
}

/** Reads JSON against a schema. */
export async function readJsonReport<Schema extends GenericSchema>(
  key: string,
  schema: Schema,
): Promise<InferOutput<Schema>> {
  return parse(schema, JSON.parse(await readReport(key)));
}

/** Lists all keys under a prefix. */
export async function listReports(prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const { Contents: contents = [], NextContinuationToken: next } = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    keys.push(...contents.flatMap(({ Key: key }) => key ?? []));
    token = next;
  } while (token !== undefined);
  return keys;
}

/** Writes values as JSON lines. */
export function toLines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** Reads JSON lines against a schema, one part at a time. */
export function* linesOf<Schema extends GenericSchema>(
  text: string,
  schema: Schema,
): Generator<InferOutput<Schema>> {
  for (const line of text.split('\n')) {
    if (line !== '') yield parse(schema, JSON.parse(line));
  }
}
