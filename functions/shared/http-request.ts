import { type GenericSchema, type InferOutput, safeParse } from 'valibot';
import { parseJson } from './parse-json.ts';
import { type InputProblem, inputProblems } from './problems.ts';

/** The fields of an HTTP API event that the functions read (payload format 2.0). */
export interface HttpRequest {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | undefined;
  readonly isBase64Encoded?: boolean;
  readonly requestContext?: {
    /** Unix milliseconds at which API Gateway took the request. */
    readonly timeEpoch?: number;
    /** Such as `POST /orders`. */
    readonly routeKey?: string;
    readonly authorizer?: {
      readonly iam?: { readonly userArn?: string };
      readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> };
    };
  };
}

/** A request's part as read, or everything wrong with it. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

/** Reads the JSON body against a schema. */
export function readBody<Schema extends GenericSchema>(
  request: HttpRequest,
  schema: Schema,
): Read<InferOutput<Schema>> {
  const text = request.isBase64Encoded
    ? Buffer.from(request.body ?? '', 'base64').toString('utf8')
    : (request.body ?? '');
  const json = parseJson(text);
  if (json === undefined) {
    return { ok: false, problems: [{ path: '', message: 'The body is not valid JSON' }] };
  }
  const parsed = safeParse(schema, json);
  return parsed.success
    ? { ok: true, value: parsed.output }
    : { ok: false, problems: inputProblems(parsed.issues) };
}

/** Reads a header by its name in any case. */
export function readHeader(request: HttpRequest, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(request.headers ?? {}).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** The caller, as an IAM or JWT authorizer of the API found out; undefined without one. */
export function callerIdentity(request: HttpRequest): string | undefined {
  const authorizer = request.requestContext?.authorizer;
  const subject = authorizer?.jwt?.claims?.['sub'];
  return authorizer?.iam?.userArn ?? (typeof subject === 'string' ? subject : undefined);
}
