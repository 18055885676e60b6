/** A message of SQS or SNS as far as its size goes. */
interface Sized {
  readonly body: string;
  readonly attributes: Readonly<Record<string, SizedAttribute>>;
}

interface SizedAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** The size of a message in bytes, as its limit counts: the body, and of each attribute the name, type and value. */
export function messageBytes({ body, attributes }: Sized): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, value] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value.DataType ?? '');
    bytes += Buffer.byteLength(value.StringValue ?? '') + (value.BinaryValue?.length ?? 0);
  }
  return bytes;
}
