import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { serializationError } from './check-input.ts';
import { mostBytes } from './most-bytes.ts';
import { codingsOf } from './read-body.ts';
import type { ServiceModel } from './service-model.ts';
import type { WireRequest } from './wire-message.ts';

const unzip = promisify(gunzip);

/**
 * Takes gzip off the body of a service whose clients compress requests. To any other service the
 * coding says something of the data: Amazon S3 keeps an object as it came.
 * @throws {AwsError} SerializationException for a broken coding.
 */
export async function unpackBody(
  request: WireRequest,
  model: ServiceModel | undefined,
  service: string,
): Promise<WireRequest> {
  if (model?.compressesRequests !== true) return request;
  if (!codingsOf(request).includes('gzip')) return request;
  try {
    return {
      ...request,
      body: await unzip(request.body, { maxOutputLength: mostBytes(service, request) }),
    };
  } catch {
    throw serializationError('Broken gzip body');
  }
}
