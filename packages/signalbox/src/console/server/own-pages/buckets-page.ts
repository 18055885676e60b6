import type { GetObjectOutput, ListBucketsOutput, ListObjectsV2Output } from '@aws-sdk/client-s3';
import type { ConsoleCall } from '../console-options.ts';
import type { ConsolePage } from '../console-page.ts';
import type { PageContent, PageRow, PageSection } from '../page-content.ts';
import { timeCell } from './time-cell.ts';

/** Objects that one look lists. */
const LISTED = 1_000;
/** Larger objects are told by their size. */
const SHOWN_BYTES = 200_000;

/** Buckets with their folders and objects, to read. */
export function bucketsPage(call: ConsoleCall): ConsolePage {
  return {
    title: 'Buckets',
    path: 'buckets',
    read: ({ name, query }) => {
      if (name === '') return readBuckets(call);
      return readBucket(call, name, { prefix: query['prefix'] ?? '', key: query['key'] });
    },
  };
}

async function readBuckets(call: ConsoleCall): Promise<PageContent> {
  const found: Partial<ListBucketsOutput> = await call('s3', 'ListBuckets', {});
  return {
    sections: [
      {
        kind: 'table',
        title: 'Buckets',
        columns: ['Name', 'Region', 'Created'],
        rows: (found.Buckets ?? []).map(({ Name = '', BucketRegion = '', CreationDate }) => ({
          cells: [{ text: Name, path: `/buckets/${Name}` }, BucketRegion, timeCell(CreationDate)],
        })),
        empty: 'No buckets',
      },
    ],
  };
}

async function readBucket(
  call: ConsoleCall,
  Bucket: string,
  { prefix, key }: { readonly prefix: string; readonly key: string | undefined },
): Promise<PageContent> {
  const input = { Bucket, Prefix: prefix, Delimiter: '/', MaxKeys: LISTED };
  const found: Partial<ListObjectsV2Output> = await call('s3', 'ListObjectsV2', input);
  const place = (query: string) => `/buckets/${Bucket}?${query}`;
  const up = prefix.split('/').slice(0, -2).join('/');
  const rows: readonly PageRow[] = [
    ...(prefix === ''
      ? []
      : [{ cells: [{ text: '..', path: place(`prefix=${encodeURIComponent(up && `${up}/`)}`) }] }]),
    ...(found.CommonPrefixes ?? []).map(({ Prefix = '' }) => ({
      cells: [
        {
          text: Prefix.slice(prefix.length),
          path: place(`prefix=${encodeURIComponent(Prefix)}`),
        },
      ],
    })),
    ...(found.Contents ?? []).map(({ Key = '', Size = 0, LastModified, StorageClass = '' }) => ({
      cells: [
        {
          text: Key.slice(prefix.length),
          path: place(`prefix=${encodeURIComponent(prefix)}&key=${encodeURIComponent(Key)}`),
        },
        String(Size),
        timeCell(LastModified),
        StorageClass,
      ],
    })),
  ];
  return {
    title: Bucket,
    ...(prefix === '' ? {} : { description: prefix }),
    sections: [
      ...(key === undefined ? [] : [await readObject(call, Bucket, key)]),
      {
        kind: 'table',
        title: found.IsTruncated === true ? `The first ${LISTED} objects` : 'Objects',
        columns: ['Name', 'Bytes', 'Changed', 'Storage class'],
        rows,
        empty: 'No objects',
      },
    ],
  };
}

async function readObject(call: ConsoleCall, Bucket: string, Key: string): Promise<PageSection> {
  // A range keeps a large object from being read whole.
  const input = { Bucket, Key, Range: `bytes=0-${SHOWN_BYTES - 1}` };
  const found: Partial<GetObjectOutput> = await call('s3', 'GetObject', input).catch(
    (error: unknown) => {
      const isEmpty = error instanceof Error && error.name === 'InvalidRange';
      if (isEmpty) return {};
      throw error;
    },
  );
  const text = await textOf(found.Body);
  const isJson = /json/.test(found.ContentType ?? '') || Key.endsWith('.json');
  return { kind: isJson ? 'json' : 'text', title: Key, text };
}

/** In process a body is bytes, of the SDK it is a stream. */
async function textOf(body: unknown): Promise<string> {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  if (typeof body === 'string') return body;
  const parts: Uint8Array[] = [];
  if (isStream(body)) for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
