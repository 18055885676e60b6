import { AwsError } from '../../core/aws-error.ts';
import { isJsonObject, parseJson } from '../../core/json.ts';
import { ownMember } from '../../core/names/own-member.ts';
import { checkFifoAttributes, fifoDefaults, isFifoAttribute } from './fifo-attributes.ts';

/** The size that AWS allows a message since August 2025: 1 MiB. */
const MAX_MESSAGE_BYTES = 1_048_576;

const RANGES: Readonly<Record<string, readonly [min: number, max: number, initial: number]>> = {
  VisibilityTimeout: [0, 43_200, 30],
  MaximumMessageSize: [1024, MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  DelaySeconds: [0, 900, 0],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
};

const TEXTS = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
]);

/** Attributes that a caller may set, with the defaults of CreateQueue; an empty text takes one away. */
export function withDefaults(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const defaults = Object.entries(RANGES).map(([name, [, , initial]]) => [name, String(initial)]);
  const given = Object.entries(attributes).filter(([, value]) => value !== '');
  const all: Record<string, string> = {
    ...Object.fromEntries(defaults),
    ...fifoDefaults(attributes),
    ...Object.fromEntries(given),
  };
  // A queue is encrypted with a key of its own, or with that of SQS.
  const isManaged = all['KmsMasterKeyId'] === undefined;
  return {
    ...all,
    SqsManagedSseEnabled: String(isManaged && all['SqsManagedSseEnabled'] !== 'false'),
  };
}

/**
 * Checks attributes as CreateQueue and SetQueueAttributes do; `present` are those that it has already.
 * @throws {AwsError} `InvalidAttributeName` or `InvalidAttributeValue`.
 */
export function checkAttributes(
  attributes: Readonly<Record<string, string>>,
  present: Readonly<Record<string, string>> = {},
): void {
  for (const [name, value] of Object.entries(attributes)) {
    const range = ownMember(RANGES, name);
    if (range === undefined && !TEXTS.has(name) && !isFifoAttribute(name)) {
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    if (range !== undefined && !isWithin(value, range)) throw invalidAttribute(name);
  }
  checkFifoAttributes(attributes, { ...present, ...attributes });
  if (attributes['RedrivePolicy'] !== undefined) parseRedrivePolicy(attributes['RedrivePolicy']);
}

function isWithin(value: string, [min, max]: readonly [number, number, number]): boolean {
  return /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
}

function invalidAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

/** The dead-letter queue for a message that was received too often. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/**
 * Reads a RedrivePolicy; undefined for the empty text, which takes the policy away.
 * @throws {AwsError} `InvalidAttributeValue` when it does not parse.
 */
export function parseRedrivePolicy(text: string): RedrivePolicy | undefined {
  if (text === '') return undefined;
  const policy = parseJson(text);
  if (!isJsonObject(policy)) throw invalidAttribute('RedrivePolicy');
  const { deadLetterTargetArn, maxReceiveCount } = policy;
  const count = Number(maxReceiveCount);
  if (typeof deadLetterTargetArn !== 'string' || !Number.isInteger(count)) {
    throw invalidAttribute('RedrivePolicy');
  }
  if (count < 1 || count > 1000) throw invalidAttribute('RedrivePolicy');
  return { deadLetterTargetArn, maxReceiveCount: count };
}
