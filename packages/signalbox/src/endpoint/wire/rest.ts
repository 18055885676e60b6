import type { NormalizedSchema } from '@smithy/core/schema';
import { createJsonCodec } from './json-codec.ts';
import type { Protocol, Target } from './protocol.ts';
import { readRestInput } from './rest-request.ts';
import { layOut, type RestLayout, writePayload } from './rest-response.ts';
import { matchRoute, type OperationRoute } from './routes.ts';
import type { ServiceModel } from './service-model.ts';
import type { WireRequest } from './wire-message.ts';
import { elementSchema, readXml, writeXml } from './xml-codec.ts';

const json = createJsonCodec('restJson');

/** AWS REST JSON 1: method and path name the operation, members are bound to places in HTTP. */
export const restJson: Protocol = {
  target: (request, model) => targetOf(request, model?.routes ?? []),
  decode: (request, { input }, { labels }) =>
    input.isUnitSchema()
      ? {}
      : readRestInput(input, request, labels, (schema, body) => json.read(schema, body.toString())),
  encode(output, operation) {
    const parts = layOut(operation.output, output);
    const status = parts.status ?? operation.status;
    return {
      status,
      headers: { 'content-type': contentTypeOf(parts, 'application/json'), ...parts.headers },
      body:
        parts.payload === undefined
          ? jsonBody(status, operation.output, parts)
          : writePayload(parts.payload, json.write),
    };
  },
  encodeError({ name, status, schema, members }) {
    const parts = schema === undefined ? undefined : layOut(schema, members);
    return {
      status,
      headers: {
        'content-type': 'application/json',
        'x-amzn-errortype': name,
        ...parts?.headers,
      },
      body: json.write(schema, parts?.body ?? members),
    };
  },
};

/** AWS REST XML, as Amazon S3 speaks it with the bucket in the path. */
export const restXml: Protocol = {
  target(request, model) {
    const { bucket, path } = splitBucket(request, model);
    const wish = `${request.method} ${request.path}`;
    const routes = model?.routes ?? [];
    const fitting = model?.bucketInPath
      ? routes.filter(({ takesBucket }) => takesBucket === (bucket !== undefined))
      : routes;
    return { ...targetOf({ ...request, path }, fitting), wish };
  },
  decode(request, { input }, { labels }, model) {
    if (input.isUnitSchema()) return {};
    const { bucket } = splitBucket(request, model);
    const read = readRestInput(input, request, labels, readXml);
    return bucket === undefined ? read : { ...read, Bucket: bucket };
  },
  encode(output, operation, { xmlNamespace }, requestId) {
    const parts = layOut(operation.output, output);
    const write = (schema: NormalizedSchema, value: object) =>
      writeXml(schema, value, xmlNamespace);
    const unwrapped = UNWRAPPED.get(operation.name);
    const written = parts.body === undefined ? '' : write(operation.output, parts.body);
    const body =
      unwrapped === undefined ? written : unwrap(unwrapped, { ...parts.body }, xmlNamespace);
    return {
      status: parts.status ?? (isPartial(parts) ? 206 : operation.status),
      headers: {
        'content-type': contentTypeOf(parts, 'application/xml'),
        'x-amz-request-id': requestId,
        ...parts.headers,
      },
      body: parts.payload === undefined ? body : writePayload(parts.payload, write),
    };
  },
  encodeError({ name, status, message, members }, _request, _model, requestId) {
    // Beside the message S3 writes what it speaks of, such as the name of the bucket.
    const { message: _message, Message: _Message, ...subjects } = members;
    const value = { Code: name, Message: message, ...subjects, RequestId: requestId };
    const elements = Object.fromEntries(Object.keys(value).map((key) => [key, undefined]));
    return {
      status,
      headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
      // HTTP: a 304 has no body.
      body: status === 304 ? '' : writeXml(elementSchema('Error', elements), value, ''),
    };
  },
};

/** Amazon S3's outputs that are one member, without an element around it (`s3UnwrappedXmlOutput`). */
const UNWRAPPED: ReadonlyMap<string, string> = new Map([
  ['GetBucketLocation', 'LocationConstraint'],
]);

function unwrap(
  member: string,
  body: Readonly<Record<string, unknown>>,
  xmlNamespace: string,
): string {
  const text = String(body[member] ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${member} xmlns="${xmlNamespace}">${text}</${member}>`;
}

/** Amazon S3: a range of an object is partial content, which no model says. */
function isPartial({ headers }: RestLayout): boolean {
  return headers['content-range'] !== undefined;
}

function targetOf(request: WireRequest, routes: readonly OperationRoute[]): Target {
  const match = matchRoute(routes, request);
  return {
    operation: match?.operation,
    wish: `${request.method} ${request.path}`,
    labels: match?.labels ?? {},
  };
}

function contentTypeOf({ payload }: RestLayout, structured: string): string {
  if (payload?.schema.isBlobSchema()) return 'application/octet-stream';
  return payload?.schema.isStringSchema() ? 'text/plain' : structured;
}

// HTTP: a 204 has no body, not even an empty object.
function jsonBody(status: number, schema: NormalizedSchema, { body }: RestLayout): string {
  return status === 204 ? '' : json.write(schema, body ?? {});
}

function splitBucket({ path }: WireRequest, model: ServiceModel | undefined) {
  const [, bucket, key] = /^\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  if (model?.bucketInPath !== true || bucket === undefined) return { bucket: undefined, path };
  return { bucket: decodeURIComponent(bucket), path: key ?? '/' };
}
