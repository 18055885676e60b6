import { isJsonObject, type JsonObject, parseJson } from '../../core/json.ts';
import type { StreamSettings } from '../stream-settings.ts';
import type { PropertyReader } from './property-reader.ts';

/** What kind of source an ARN names, as far as the rehearsal polls it. */
export function sourceKindOf(arn: string): 'queue' | 'stream' | undefined {
  if (/^arn:[\w-]+:sqs:/.test(arn)) return 'queue';
  return /^arn:[\w-]+:dynamodb:[^:]*:[^:]*:table\/[^/]+\/stream\//.test(arn) ? 'stream' : undefined;
}

/** Reads `FilterCriteria`. */
export function filtersOf(owner: PropertyReader): readonly JsonObject[] {
  return owner.map('FilterCriteria').maps('Filters').flatMap(patternOf);
}

function patternOf(filter: PropertyReader): readonly JsonObject[] {
  const pattern = parseJson(filter.requiredText('Pattern'));
  if (isJsonObject(pattern)) return [pattern];
  filter.refuse('Pattern', 'Pattern is the JSON text of an event pattern');
  return [];
}

/**
 * Reads how a stream is read.
 * @param onFailureArn Where batches that are given up are told of.
 */
export function streamSettingsOf(
  owner: PropertyReader,
  onFailureArn: string | undefined,
  bisectsBatches: boolean,
): StreamSettings {
  if (!owner.has('StartingPosition')) {
    owner.refuse('StartingPosition', 'it needs a StartingPosition: LATEST or TRIM_HORIZON');
  }
  return {
    startingPosition: owner.choice('StartingPosition', ['LATEST', 'TRIM_HORIZON'], 'LATEST'),
    maximumRetryAttempts: within(owner, 'MaximumRetryAttempts', 10_000),
    maximumRecordAgeSeconds: within(owner, 'MaximumRecordAgeInSeconds', 604_800),
    bisectsBatches,
    onFailureArn: destinationOf(owner, onFailureArn),
  };
}

function within(owner: PropertyReader, name: string, most: number): number {
  const value = owner.number(name) ?? -1;
  if (value >= -1 && value <= most) return value;
  owner.refuse(name, `${name} must be -1 to ${most}, not ${value}`);
  return -1;
}

function destinationOf(owner: PropertyReader, arn: string | undefined): string | undefined {
  if (arn === undefined || /^arn:[\w-]+:(sqs|sns):/.test(arn)) return arn;
  owner.refuse(
    'DestinationConfig',
    `batches that are given up can be told of to a queue or topic, not to ${arn}`,
  );
  return undefined;
}
