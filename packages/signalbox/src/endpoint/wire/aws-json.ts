import { writtenOutput } from '../../core/written-output.ts';
import { createJsonCodec } from './json-codec.ts';
import type { Protocol } from './protocol.ts';
import { headerOf } from './wire-message.ts';

const codec = createJsonCodec('awsJson');

/** AWS JSON 1.0 and 1.1: a POST whose X-Amz-Target names the operation. */
export function createAwsJson(version: '1.0' | '1.1'): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    target(request) {
      const target = headerOf(request, 'x-amz-target') ?? '';
      const operation = target.split('.').at(-1);
      return { operation, wish: operation ?? '', labels: {} };
    },
    decode: (request, operation) => codec.read(operation.input, request.body.toString()),
    encode: (output, operation) => ({
      status: 200,
      headers: { 'content-type': contentType },
      body: writtenOutput(output) ?? codec.write(operation.output, output),
    }),
    encodeError: (error, _request, model) => ({
      status: error.status,
      headers: {
        'content-type': contentType,
        'x-amzn-errortype': error.name,
        ...(model?.queryCompatible ? { 'x-amzn-query-error': `${error.code};${error.fault}` } : {}),
      },
      body: codec.write(error.schema, { __type: error.name, ...error.members }),
    }),
  };
}
