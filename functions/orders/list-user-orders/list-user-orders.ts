import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { type InferOutput, safeParse, strictObject } from 'valibot';
import type { HttpRequest, Read } from '../../shared/http-request.ts';
import { parseJson } from '../../shared/parse-json.ts';
import type { InputProblem } from '../../shared/problems.ts';
import { IdSchema, TimestampSchema } from '../order-schema.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** The key after which a page begins: of the index and of the table. */
const PageKeySchema = strictObject({
  userId: IdSchema,
  placedAt: TimestampSchema,
  orderId: IdSchema,
});

/** The key after which a page begins. */
export type PageKey = InferOutput<typeof PageKeySchema>;

/** One page of a user's orders. */
export interface PageRequest {
  readonly userId: string;
  /** Orders, 1 to 100. */
  readonly limit: number;
  readonly after: PageKey | undefined;
}

/** Reads the page that a request asks for, or everything wrong with it. */
export function readPageRequest(request: HttpRequest): Read<PageRequest> {
  const userId = safeParse(IdSchema, request.pathParameters?.['userId']);
  const query = request.queryStringParameters ?? {};
  const limit = readLimit(query['limit']);
  const token = query['nextToken'];
  const after = token === undefined ? undefined : parsePageToken(token);
  const problems: InputProblem[] = [];
  if (!userId.success) problems.push({ path: 'userId', message: 'Is not a user id' });
  if (limit === undefined) {
    problems.push({ path: 'limit', message: `Is not a whole number from 1 to ${MAX_LIMIT}` });
  }
  if (token !== undefined && (after === undefined || after.userId !== userId.output)) {
    problems.push({ path: 'nextToken', message: 'Is not a token that this list has answered' });
  }
  return userId.success && limit !== undefined && problems.length === 0
    ? { ok: true, value: { userId: userId.output, limit, after } }
    : { ok: false, problems };
}

/** Queries one page, newest first. */
export function ordersQuery(
  tableName: string,
  { userId, limit, after }: PageRequest,
): QueryCommandInput {
  return {
    TableName: tableName,
    IndexName: 'byUser',
    KeyConditionExpression: 'userId = :userId',
    ExpressionAttributeValues: { ':userId': userId },
    ScanIndexForward: false,
    Limit: limit,
    ExclusiveStartKey: after,
  };
}

/** Writes a page's key as an opaque token, safe in a URL. */
export function pageToken({ userId, placedAt, orderId }: PageKey): string {
  return Buffer.from(JSON.stringify({ userId, placedAt, orderId })).toString('base64url');
}

/** Reads a token that `pageToken` wrote; undefined for anything else. */
export function parsePageToken(token: string): PageKey | undefined {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const parsed = safeParse(PageKeySchema, parseJson(text));
  return parsed.success ? parsed.output : undefined;
}

/** Reads the key with which DynamoDB says that a page is not the last. */
export function lastKey(key: Readonly<Record<string, unknown>> | undefined): PageKey | undefined {
  const parsed = safeParse(PageKeySchema, key);
  return parsed.success ? parsed.output : undefined;
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= MAX_LIMIT ? limit : undefined;
}
