import { ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';

/** A structure laid out over a status line, headers and a body. */
export interface RestLayout {
  /** The value of the member that is the status itself; undefined where there is none. */
  readonly status: number | undefined;
  readonly headers: Record<string, string>;
  /** The payload member and its value, when one member is the whole body. */
  readonly payload: { readonly schema: NormalizedSchema; readonly value: unknown } | undefined;
  /** The members that share the body; undefined when the structure has none of that kind. */
  readonly body: object | undefined;
}

// Schema sentinel of the SDK: timestamps as Unix seconds, where the place does not say otherwise.
const EPOCH_SECONDS = 7;

const texts = new ToStringShapeSerializer({
  timestampFormat: { useTrait: true, default: EPOCH_SECONDS },
  httpBindings: true,
});

/** Sorts a value's members by the place that they have in a response. */
export function layOut(schema: NormalizedSchema, value: object): RestLayout {
  const members = schema.isStructSchema() ? [...schema.structIterator()] : [];
  const given = new Map<string, unknown>(Object.entries(value));
  const headers: Record<string, string> = {};
  const body: [string, unknown][] = [];
  let status: number | undefined;
  let payload: RestLayout['payload'];
  for (const [name, member] of members) {
    const traits = member.getMergedTraits();
    const item = given.get(name);
    if (traits.httpHeader !== undefined) setHeader(headers, traits.httpHeader, member, item);
    else if (traits.httpPrefixHeaders !== undefined) {
      setPrefixHeaders(headers, traits.httpPrefixHeaders, item);
    } else if (traits.httpResponseCode) status = typeof item === 'number' ? item : undefined;
    else if (traits.httpPayload) payload = { schema: member, value: item };
    else body.push([name, item]);
  }
  const hasBody = body.length > 0;
  return { status, headers, payload, body: hasBody ? Object.fromEntries(body) : undefined };
}

/** Writes a body that one member fills alone. */
export function writePayload(
  { schema, value }: NonNullable<RestLayout['payload']>,
  writeBody: (schema: NormalizedSchema, value: object) => string,
): string | Uint8Array {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || value instanceof Uint8Array) return value;
  if (typeof value !== 'object' || schema.isBlobSchema()) {
    throw new TypeError(`Cannot send as a body: ${typeof value} for ${schema.getName()}`);
  }
  return writeBody(schema, value);
}

function setHeader(
  headers: Record<string, string>,
  name: string,
  member: NormalizedSchema,
  value: unknown,
): void {
  if (value === undefined || value === null) return;
  texts.write(member, value);
  headers[name.toLowerCase()] = texts.flush();
}

function setPrefixHeaders(headers: Record<string, string>, prefix: string, value: unknown): void {
  for (const [name, text] of Object.entries(value ?? {})) {
    headers[`${prefix}${name}`.toLowerCase()] = String(text);
  }
}
