import { CborShapeDeserializer2, CborShapeSerializer2 } from '@smithy/core/cbor';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { Protocol } from './protocol.ts';

// Schema sentinel of the SDK: a document of any shape.
const DOCUMENT = 15;

const deserializer = new CborShapeDeserializer2();
const serializer = new CborShapeSerializer2();
const HEADERS = { 'smithy-protocol': 'rpc-v2-cbor' };

/** Smithy RPC v2 CBOR: `POST /service/<Service>/operation/<Operation>` with a CBOR map. */
export const rpcCbor: Protocol = {
  target({ method, path }) {
    const operation = /\/service\/[^/]+\/operation\/([^/]+)\/?$/.exec(path)?.[1];
    return { operation, wish: operation ?? `${method} ${path}`, labels: {} };
  },
  decode(request, operation) {
    // The protocol: an operation without input is sent without a body.
    if (request.body.length === 0) return {};
    return deserializer.read(operation.input, request.body);
  },
  encode(output, operation) {
    if (operation.output.isUnitSchema()) return { status: 200, headers: HEADERS, body: '' };
    return {
      status: 200,
      headers: { ...HEADERS, 'content-type': 'application/cbor' },
      body: write(operation.output, output),
    };
  },
  encodeError: (error, _request, model) => ({
    status: error.status,
    headers: {
      ...HEADERS,
      'content-type': 'application/cbor',
      ...(model?.queryCompatible ? { 'x-amzn-query-error': `${error.code};${error.fault}` } : {}),
    },
    body: write(undefined, { __type: error.name, ...error.members, message: error.message }),
  }),
};

function write(schema: NormalizedSchema | undefined, value: object): Uint8Array {
  serializer.write(schema?.getSchema() ?? DOCUMENT, value);
  // The serializer hands out a view of a pooled buffer.
  return Uint8Array.from(serializer.flush());
}
