import { AwsError } from '../../core/aws-error.ts';

/** What a FIFO queue's own attributes may be; the first is what they are where nobody says. */
const CHOICES: Readonly<Record<string, readonly [string, string]>> = {
  ContentBasedDeduplication: ['false', 'true'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};

/** Whether attributes are those of a FIFO queue. */
export function isFifo(attributes: Readonly<Record<string, string>>): boolean {
  return attributes['FifoQueue'] === 'true';
}

/** Whether a name is one of the attributes that only a FIFO queue has. */
export function isFifoAttribute(name: string): boolean {
  return name === 'FifoQueue' || Object.hasOwn(CHOICES, name);
}

/** The attributes of a FIFO queue that nobody has set; none for a standard queue. */
export function fifoDefaults(
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (!isFifo(attributes)) return {};
  return Object.fromEntries(Object.entries(CHOICES).map(([name, [usual]]) => [name, usual]));
}

/**
 * Checks the attributes that only FIFO queues have, together with those that stay as they are
 * (SQS API Reference, CreateQueue: attributes that apply only to FIFO queues).
 * @throws {AwsError} `InvalidAttributeName` at a standard queue; `InvalidAttributeValue`.
 */
export function checkFifoAttributes(
  changes: Readonly<Record<string, string>>,
  all: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(changes)) {
    if (!isFifoAttribute(name)) continue;
    // A standard queue is one that does not say FifoQueue, and so it may not say false either.
    if (!isFifo(all)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    const choices = CHOICES[name];
    if (choices !== undefined && !choices.includes(value)) throw invalidAttribute(name);
  }
  const isPerGroup = all['FifoThroughputLimit'] === 'perMessageGroupId';
  if (isPerGroup && all['DeduplicationScope'] !== 'messageGroup') {
    throw new AwsError(
      'InvalidAttributeValue',
      'Invalid value for the parameter FifoThroughputLimit. Reason: perMessageGroupId requires the DeduplicationScope messageGroup.',
    );
  }
}

/**
 * Checks the name of a queue (SQS API Reference, CreateQueue).
 * @throws {AwsError} `InvalidParameterValue`.
 */
export function checkQueueName(name: string, attributes: Readonly<Record<string, string>>): void {
  if (isFifo(attributes)) {
    if (name.length <= 80 && /^[\w-]+\.fifo$/.test(name)) return;
    throw new AwsError(
      'InvalidParameterValue',
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  }
  if (/^[\w-]{1,80}$/.test(name)) return;
  throw new AwsError(
    'InvalidParameterValue',
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  );
}

function invalidAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
