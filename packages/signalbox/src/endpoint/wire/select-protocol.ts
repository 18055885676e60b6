import { createAwsJson } from './aws-json.ts';
import { awsQuery, formOf } from './aws-query.ts';
import type { Protocol } from './protocol.ts';
import { restJson, restXml } from './rest.ts';
import { rpcCbor } from './rpc-cbor.ts';
import { headerOf, type WireRequest } from './wire-message.ts';

const awsJson10 = createAwsJson('1.0');
const awsJson11 = createAwsJson('1.1');

/**
 * Recognizes the protocol by the form of the request, not by its service: clients of one service differ
 * (Amazon SQS in JSON and Query, CloudWatch in CBOR, JSON and Query).
 * `rest` is what the service speaks when the request names no protocol.
 */
export function selectProtocol(request: WireRequest, rest: 'json' | 'xml'): Protocol {
  if (headerOf(request, 'smithy-protocol') === 'rpc-v2-cbor') return rpcCbor;
  if (headerOf(request, 'x-amz-target') !== undefined) {
    return headerOf(request, 'content-type')?.includes('json-1.1') ? awsJson11 : awsJson10;
  }
  if (formOf(request).has('Action')) return awsQuery;
  return rest === 'xml' ? restXml : restJson;
}
