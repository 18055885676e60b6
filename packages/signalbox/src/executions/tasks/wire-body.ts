import { ExactNumber } from '../../core/exact-json/exact-number.ts';
import type { Integration } from './integrations.ts';

/**
 * Writes the body of a service's HTTP response as AWS does, for its length and checksum: both are in the results
 * of optimized integrations (recorded: `Content-Length` of Lambda, SNS, SQS, DynamoDB and Step Functions).
 */
export function wireBody(
  { service, action }: Pick<Integration, 'service' | 'action'>,
  output: object,
  requestId: string,
): Uint8Array {
  if (service === 'lambda' && 'Payload' in output && output.Payload instanceof Uint8Array) {
    return output.Payload;
  }
  const text = service === 'sns' ? queryXml(action, output, requestId) : jsonBody(output);
  return new TextEncoder().encode(text);
}

function membersOf(output: object): readonly [string, unknown][] {
  return Object.entries(output).filter(
    ([name, value]) => value !== undefined && name !== '$metadata',
  );
}

function jsonBody(value: unknown): string {
  if (value instanceof Date) return javaSeconds(value);
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (Array.isArray(value)) return `[${value.map(jsonBody).join(',')}]`;
  if (value instanceof ExactNumber) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = membersOf(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${jsonBody(member)}`,
  );
  return `{${members.join(',')}}`;
}

/** AWS writes a moment as a double of Java: `1.697731064279E9`. */
function javaSeconds(moment: Date): string {
  const [mantissa = '', exponent = ''] = (moment.getTime() / 1000).toExponential().split('e+');
  return `${mantissa}E${exponent}`;
}

function queryXml(action: string, output: object, requestId: string): string {
  const members = membersOf(output).map(
    ([name, value]) => `    <${name}>${String(value)}</${name}>\n`,
  );
  return [
    `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">\n`,
    `  <${action}Result>\n${members.join('')}  </${action}Result>\n`,
    `  <ResponseMetadata>\n    <RequestId>${requestId}</RequestId>\n  </ResponseMetadata>\n`,
    `</${action}Response>\n`,
  ].join('');
}
