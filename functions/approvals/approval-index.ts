import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  type InferOutput,
  looseObject,
  optional,
  picklist,
  record,
  safeParse,
  string,
} from 'valibot';
import type { HttpRequest, Read } from '../shared/http-request.ts';
import { parseJson } from '../shared/parse-json.ts';
import type { InputProblem } from '../shared/problems.ts';

/** The states of a request for approval. */
const StateSchema = picklist(['PENDING', 'APPROVED', 'DENIED', 'EXPIRED']);

/** The page of a list. */
export interface ListRequest {
  readonly state: InferOutput<typeof StateSchema>;
  readonly after: Readonly<Record<string, string>> | undefined;
}

/** A request for approval as the index `byState` has it: without its token. */
export const IndexedApprovalSchema = looseObject({
  state: StateSchema,
  requestedAt: string(),
  answerBy: string(),
  remindedAt: optional(string()),
});

/** A request for approval as the index has it. */
export type IndexedApproval = InferOutput<typeof IndexedApprovalSchema>;

const PAGE = 50;

/**
 * Reads which list a request asks for, or everything wrong with it.
 * @param keyName The table's key, which a token of the next page holds beside the index's own.
 */
export function readListRequest(request: HttpRequest, keyName: string): Read<ListRequest> {
  const { state: named = 'PENDING', nextToken } = request.queryStringParameters ?? {};
  const state = safeParse(StateSchema, named);
  const after = nextToken === undefined ? undefined : parseToken(nextToken, keyName, named);
  const problems: InputProblem[] = [];
  if (!state.success) {
    problems.push({ path: 'state', message: `Is none of ${StateSchema.options.join(', ')}` });
  }
  if (nextToken !== undefined && after === undefined) {
    problems.push({ path: 'nextToken', message: 'Is not a token that this list has answered' });
  }
  return state.success && problems.length === 0
    ? { ok: true, value: { state: state.output, after } }
    : { ok: false, problems };
}

/**
 * Queries the requests of one state, the most urgent first. One that nobody answered in time stays
 * PENDING in the table: only what can still be answered is listed as such.
 * @param now In ISO 8601.
 */
export function approvalsQuery(
  tableName: string,
  { state, after }: ListRequest,
  now: string,
): QueryCommandInput {
  const isPending = state === 'PENDING';
  return {
    TableName: tableName,
    IndexName: 'byState',
    KeyConditionExpression: isPending ? '#state = :state AND answerBy > :now' : '#state = :state',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': state, ...(isPending ? { ':now': now } : {}) },
    ScanIndexForward: isPending,
    Limit: PAGE,
    ExclusiveStartKey: after,
  };
}

/** Writes the key after which the next page begins as an opaque token, safe in a URL. */
export function listToken(key: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function parseToken(
  token: string,
  keyName: string,
  state: string,
): Readonly<Record<string, string>> | undefined {
  const json = parseJson(Buffer.from(token, 'base64url').toString('utf8'));
  const parsed = safeParse(record(string(), string()), json);
  if (!parsed.success || parsed.output['state'] !== state) return undefined;
  const { answerBy, [keyName]: id } = parsed.output;
  if (answerBy === undefined || id === undefined) return undefined;
  return { state, answerBy, [keyName]: id };
}
