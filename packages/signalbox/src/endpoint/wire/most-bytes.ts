import { AwsError } from '../../core/aws-error.ts';
import { itemTooLarge } from './long-item.ts';
import { headerOf, type WireRequest } from './wire-message.ts';

const KB = 1024;
const MB = 1024 * KB;

/** Objects and the code of functions come as they are, and are held in memory. */
const ANY = 64 * MB;
/** Written as a form, the longest message of Amazon SNS and the longest call of PutMetricData need less. */
const FORM = MB;
/** As JSON, the longest batch of Amazon SQS or CloudWatch Logs needs less, each character escaped. */
const JSON_TEXT = 4 * MB;

/** An item of 400 kB is no longer, as dense as it may be. */
const ITEM = 4 * MB;
const ACTION_ON_ITEM = /^DynamoDB_\d+\.(?:Delete|Get|Put|Update)Item$/;

/** The services that take more, as AWS's quotas say. */
const OF_SERVICE: ReadonlyMap<string, number> = new Map([
  ['s3', ANY],
  ['lambda', ANY],
  ['dynamodb', 16 * MB],
]);

/**
 * Returns how many bytes the body of a request may have: to read a text by its schema takes so much longer than
 * to receive it that a larger one would hold up everybody.
 *
 * @param service The signing name of the service that it is for.
 */
export function mostBytes(
  service: string | undefined,
  { headers }: Pick<WireRequest, 'headers'>,
): number {
  if (isOnItem({ headers })) return ITEM;
  const ofService = OF_SERVICE.get(service ?? '');
  if (ofService !== undefined) return ofService;
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return isForm ? FORM : JSON_TEXT;
}

/**
 * AWS's refusal of a body that is longer.
 * @param maxBytes How many it may have.
 */
export function tooManyBytes(maxBytes: number, request: Pick<WireRequest, 'headers'>): AwsError {
  return isOnItem(request)
    ? itemTooLarge()
    : new AwsError('RequestEntityTooLarge', `The body is larger than ${maxBytes} bytes`);
}

function isOnItem(request: Pick<WireRequest, 'headers'>): boolean {
  return ACTION_ON_ITEM.test(headerOf(request, 'x-amz-target') ?? '');
}
