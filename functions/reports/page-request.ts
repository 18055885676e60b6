import { type GenericSchema, type InferOutput, safeParse } from 'valibot';
import type { HttpRequest, Read } from '../shared/http-request.ts';
import { parseJson } from '../shared/parse-json.ts';
import type { InputProblem } from '../shared/problems.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** A page of a report. */
export interface PageRequest<Key> {
  /** Rows, 1 to 100. */
  readonly limit: number;
  /** The last row of the page before; undefined for the first page. */
  readonly after: Key | undefined;
}

/** Reads the page that a request asks for, or everything wrong with it. */
export function readPage<Schema extends GenericSchema>(
  { queryStringParameters: query = {} }: HttpRequest,
  keySchema: Schema,
): Read<PageRequest<InferOutput<Schema>>> {
  const { limit: limitText, nextToken } = query;
  const limit = limitText === undefined ? DEFAULT_LIMIT : limitOf(limitText);
  const after = nextToken === undefined ? undefined : keyOf(nextToken, keySchema);
  const problems: InputProblem[] = [];
  if (limit === undefined) {
    problems.push({ path: 'limit', message: `Is not a whole number from 1 to ${MAX_LIMIT}` });
  }
  if (nextToken !== undefined && after === undefined) {
    problems.push({ path: 'nextToken', message: 'Is not a token that this report has answered' });
  }
  return limit === undefined || problems.length > 0
    ? { ok: false, problems }
    : { ok: true, value: { limit, after } };
}

/** Writes a row's key as an opaque token, safe in a URL. */
export function tokenOf(key: object): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function keyOf<Schema extends GenericSchema>(
  token: string,
  schema: Schema,
): InferOutput<Schema> | undefined {
  const parsed = safeParse(schema, parseJson(Buffer.from(token, 'base64url').toString('utf8')));
  return parsed.success ? parsed.output : undefined;
}

function limitOf(text: string): number | undefined {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= MAX_LIMIT ? limit : undefined;
}
