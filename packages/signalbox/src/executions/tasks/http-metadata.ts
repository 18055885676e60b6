import { crc32 } from '../../core/crc.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Integration } from './integrations.ts';

/** The time, the id and the body of a response. */
export interface ResponseFacts {
  readonly at: Date;
  readonly requestId: string;
  readonly body: Uint8Array;
}

/** Writes `SdkHttpMetadata` and `SdkResponseMetadata`, which optimized integrations put into their results. */
export function httpMetadata(integration: Integration, response: ResponseFacts): JsonObject {
  const headers = headersOf(integration.service, response);
  const all = Object.fromEntries(
    Object.entries(headers).map(([name, value]): [string, Json] => [name, [value]]),
  );
  return {
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: response.requestId },
  };
}

function headersOf(service: string, { at, requestId, body }: ResponseFacts) {
  const common = {
    'x-amzn-RequestId': requestId,
    'Content-Length': String(body.length),
    Date: at.toUTCString(),
  };
  switch (service) {
    case 'lambda':
      return {
        'X-Amz-Executed-Version': '$LATEST',
        'x-amzn-Remapped-Content-Length': '0',
        Connection: 'keep-alive',
        ...common,
        'X-Amzn-Trace-Id': traceId(at, requestId),
        'Content-Type': 'application/json',
      };
    case 'sns':
      return { connection: 'keep-alive', ...common, 'Content-Type': 'text/xml' };
    case 'dynamodb':
      return {
        Server: 'Server',
        Connection: 'keep-alive',
        'x-amz-crc32': String(crc32(body)),
        ...common,
        'Content-Type': 'application/x-amz-json-1.0',
      };
    default:
      return { connection: 'keep-alive', ...common, 'Content-Type': 'application/x-amz-json-1.0' };
  }
}

function traceId(at: Date, requestId: string): string {
  const seconds = Math.floor(at.getTime() / 1000).toString(16);
  return `Root=1-${seconds}-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`;
}
