import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from '../../core/aws-error.ts';
import { serializationError } from './check-input.ts';
import { headerOf, type WireRequest } from './wire-message.ts';

/** Reads a body that is bound to a structure. */
export type ReadBody = (schema: NormalizedSchema, body: Buffer) => object;

// Schema sentinel of the SDK: timestamps as Unix seconds, where the place does not say otherwise.
const EPOCH_SECONDS = 7;

const texts = new FromStringShapeDeserializer({
  timestampFormat: { useTrait: true, default: EPOCH_SECONDS },
  httpBindings: true,
});

/** Gathers a REST operation's input from the path, the query, the headers and the body. */
export function readRestInput(
  input: NormalizedSchema,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
  readBody: ReadBody,
): object {
  const bound: Record<string, unknown> = {};
  let hasBodyMembers = false;
  for (const [name, member] of input.structIterator()) {
    const source = sourceOf(member);
    if (source === 'body') hasBodyMembers = true;
    else set(bound, name, readMember(source, name, member, request, labels, readBody));
  }
  const body = hasBodyMembers && request.body.length > 0 ? readBody(input, request.body) : {};
  return { ...body, ...bound };
}

type Source = 'label' | 'query' | 'queryParams' | 'header' | 'prefixHeaders' | 'payload' | 'body';

function sourceOf(member: NormalizedSchema): Source {
  const traits = member.getMergedTraits();
  if (traits.httpLabel) return 'label';
  if (traits.httpQuery !== undefined) return 'query';
  if (traits.httpQueryParams) return 'queryParams';
  if (traits.httpHeader !== undefined) return 'header';
  if (traits.httpPrefixHeaders !== undefined) return 'prefixHeaders';
  return traits.httpPayload ? 'payload' : 'body';
}

function readMember(
  source: Exclude<Source, 'body'>,
  name: string,
  member: NormalizedSchema,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
  readBody: ReadBody,
): unknown {
  const traits = member.getMergedTraits();
  switch (source) {
    case 'label':
      return readText(member, labels[name]);
    case 'query':
      return readQuery(member, request.query.getAll(traits.httpQuery ?? name));
    case 'queryParams':
      return readQueryParams(member, request.query);
    case 'header':
      return readText(member, headerOf(request, (traits.httpHeader ?? name).toLowerCase()));
    case 'prefixHeaders':
      return readPrefixHeaders(request, (traits.httpPrefixHeaders ?? '').toLowerCase());
    case 'payload':
      return readPayload(member, request.body, readBody);
  }
}

function readQuery(member: NormalizedSchema, values: readonly string[]): unknown {
  if (!member.isListSchema()) return readText(member, values[0]);
  // A list's items lie in the query one by one, each read as the list's own place says.
  const item = member.getValueSchema();
  return values.length === 0 ? undefined : values.map((value) => readText(item, value));
}

function readQueryParams(member: NormalizedSchema, query: URLSearchParams): object {
  const keys = [...new Set(query.keys())].filter((key) => !key.startsWith('X-Amz-'));
  const isList = member.getValueSchema().isListSchema();
  return Object.fromEntries(keys.map((key) => [key, isList ? query.getAll(key) : query.get(key)]));
}

function readPrefixHeaders(request: WireRequest, prefix: string): object {
  const names = Object.keys(request.headers).filter((name) => name.startsWith(prefix));
  return Object.fromEntries(
    names.map((name) => [name.slice(prefix.length), headerOf(request, name)]),
  );
}

/** A thousand keys of Amazon S3 to be deleted, each as long as may be, are no more. */
const MOST_STRUCTURE_BYTES = 2 * 1024 * 1024;

/** @throws {AwsError} `MaxMessageLengthExceeded` for a structure that would hold up everybody. */
function readPayload(member: NormalizedSchema, body: Buffer, readBody: ReadBody): unknown {
  if (member.isBlobSchema()) return body.length === 0 ? undefined : body;
  if (body.length === 0) return undefined;
  if (member.isStringSchema()) return body.toString();
  if (body.length > MOST_STRUCTURE_BYTES) {
    throw new AwsError('MaxMessageLengthExceeded', 'Your request was too big.', {
      MaxMessageLengthBytes: String(MOST_STRUCTURE_BYTES),
    });
  }
  return readBody(member, body);
}

function readText(member: NormalizedSchema, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const value: unknown = texts.read(member, text);
  if (member.isNumericSchema() && (text === '' || Number.isNaN(value))) {
    throw serializationError(`"${text}" cannot be converted to Number`);
  }
  return value;
}

function set(target: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined) target[name] = value;
}
