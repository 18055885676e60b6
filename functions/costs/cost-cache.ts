import { gunzipSync, gzipSync } from 'node:zlib';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { instance, nullish, object, parse, string } from 'valibot';
import { canonicalJson, sha256 } from '../shared/canonical-json.ts';
import { documents } from '../shared/dynamodb.ts';
import { CostAnswerSchema } from './cost-answer.ts';
import { type CostQuery, questionOf } from './cost-query.ts';
import type { AnswerCache, KeptMonth, KeptPage } from './fetch-answer.ts';
import { addMonths, monthOf } from './month.ts';

/** Time that a run's pages are kept, in seconds: a run that was aborted or timed out may be redriven for two weeks. */
const PAGE_KEPT_SECONDS = 14 * 86_400;
/** The size that fits an item of DynamoDB (400 KB) beside its keys. */
const MAX_BODY_BYTES = 390_000;

const ItemSchema = object({ entryId: string(), body: instance(Uint8Array) });

const PageSchema = object({
  answer: CostAnswerSchema,
  start: string(),
  end: string(),
  askedWith: nullish(string()),
  nextPageToken: nullish(string()),
});

/**
 * Keeps answers in a DynamoDB table: settled months for good under their question, and pages under the
 * run that paid for them. `runId` is the execution's ARN.
 */
export function createCostCache(tableName: string, runId: string): AnswerCache {
  return {
    async readMonths(query) {
      const last = addMonths(monthOf(query.end), -1);
      const bodies = await readBodies(tableName, monthsKey(query), monthOf(query.start), last);
      return bodies.flatMap(readMonth);
    },
    async putMonth(query, month) {
      const { period, labels } = month;
      const body = { kind: 'costs', periods: [period], labels };
      await putBody(tableName, monthsKey(query), monthOf(period.start), body, undefined);
    },
    async readPages({ name }) {
      const bodies = await readBodies(tableName, pagesKey(runId, name), 'page-0000', 'page-9999');
      return bodies.map(readPage);
    },
    async putPage({ name }, index, page) {
      const entryId = `page-${String(index).padStart(4, '0')}`;
      const expiresAt = Math.floor(Date.now() / 1_000) + PAGE_KEPT_SECONDS;
      await putBody(tableName, pagesKey(runId, name), entryId, page, expiresAt);
    },
  };
}

function monthsKey(query: CostQuery): string {
  return `months#${sha256(canonicalJson(questionOf(query)))}`;
}

function pagesKey(runId: string, name: string): string {
  return `pages#${sha256(runId)}#${name}`;
}

async function readBodies(
  tableName: string,
  cacheKey: string,
  first: string,
  last: string,
): Promise<readonly unknown[]> {
  const bodies: unknown[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'cacheKey = :key AND entryId BETWEEN :first AND :last',
        ExpressionAttributeValues: { ':key': cacheKey, ':first': first, ':last': last },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    bodies.push(...Items.map(readBody));
    from = LastEvaluatedKey;
  } while (from !== undefined);
  return bodies;
}

function readBody(item: unknown): unknown {
  const { body } = parse(ItemSchema, item);
  return JSON.parse(gunzipSync(body).toString('utf8'));
}

async function putBody(
  tableName: string,
  cacheKey: string,
  entryId: string,
  body: object,
  expiresAt: number | undefined,
): Promise<void> {
  const packed = new Uint8Array(gzipSync(JSON.stringify(body)));
  if (packed.length > MAX_BODY_BYTES) {
    throw new RangeError(`${entryId} has ${packed.length} bytes, more than an item can hold`);
  }
  const item = { cacheKey, entryId, body: packed, expiresAt };
  await documents.send(new PutCommand({ TableName: tableName, Item: item }));
}

function readPage(body: unknown): KeptPage {
  const { askedWith, nextPageToken, ...page } = parse(PageSchema, body);
  return {
    ...page,
    askedWith: askedWith ?? undefined,
    nextPageToken: nextPageToken ?? undefined,
  };
}

function readMonth(body: unknown): readonly KeptMonth[] {
  const answer = parse(CostAnswerSchema, body);
  if (answer.kind !== 'costs') return [];
  return answer.periods.map((period) => ({ period, labels: answer.labels }));
}
