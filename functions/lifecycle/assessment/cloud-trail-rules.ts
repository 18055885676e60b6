import type { LifecycleRule } from '@aws-sdk/client-s3';
import { array, safeParse } from 'valibot';
import { RuleSchema } from './rule-schema.ts';

/**
 * Reads the rules that a CloudTrail record of PutBucketLifecycle says somebody put: the request's XML
 * as JSON, in which an element is a list only where it occurs more than once, and an empty one a text.
 * Undefined where it cannot be read.
 */
export function rulesInRequest(parameters: unknown): readonly LifecycleRule[] | undefined {
  const configuration = field(parameters, 'LifecycleConfiguration');
  if (!isRecord(configuration)) return undefined;
  const rules = listOf(field(configuration, 'Rule')).map(ruleIn);
  const parsed = safeParse(array(RuleSchema), rules);
  return parsed.success ? parsed.output : undefined;
}

function ruleIn(element: unknown): unknown {
  if (!isRecord(element)) return element;
  const {
    Transition: moves,
    NoncurrentVersionTransition: noncurrent,
    Filter: filter,
    ...rest
  } = element;
  return numbersIn({
    ...rest,
    ...(filter === undefined ? {} : { Filter: filterIn(filter) }),
    ...(moves === undefined ? {} : { Transitions: listOf(moves) }),
    ...(noncurrent === undefined ? {} : { NoncurrentVersionTransitions: listOf(noncurrent) }),
  });
}

function filterIn(filter: unknown): unknown {
  if (!isRecord(filter)) return {};
  const { And: and, ...members } = filter;
  if (!isRecord(and)) return members;
  const { Tag: tags, ...scope } = and;
  return { And: { ...scope, ...(tags === undefined ? {} : { Tags: listOf(tags) }) } };
}

const NUMBERS = new Set([
  'Days',
  'NoncurrentDays',
  'NewerNoncurrentVersions',
  'DaysAfterInitiation',
  'ObjectSizeGreaterThan',
  'ObjectSizeLessThan',
]);

/** XML knows texts alone: some records write numbers and truths as such. */
function numbersIn(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => numbersIn(item));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, numbersIn(part, name)]),
    );
  }
  if (typeof value !== 'string') return value;
  if (NUMBERS.has(key)) return Number(value);
  return key === 'ExpiredObjectDeleteMarker' ? value === 'true' : value;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
