import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts';
import { matchPattern } from '../../event-patterns/match-pattern.ts';
import { parsePattern } from '../../event-patterns/parse-pattern.ts';
import type { Pattern } from '../../event-patterns/pattern.ts';
import { invalidParameter } from './sns-errors.ts';

/** What a subscription wants of a topic's messages, as its attributes say. */
export interface MessageFilter {
  /** JSON; undefined or empty takes every message. */
  readonly filterPolicy?: string | undefined;
  /** What the policy looks at: `MessageAttributes`, unless it is `MessageBody`. */
  readonly filterPolicyScope?: string | undefined;
}

const SCOPES = ['MessageAttributes', 'MessageBody'];

/** Reads the attribute FilterPolicyScope. @throws {AwsError} `InvalidParameterException`. */
export function readFilterPolicyScope(value: string): string {
  if (SCOPES.includes(value)) return value;
  throw invalidParameter(
    `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
  );
}

/** Reads the attribute FilterPolicy; undefined for one that takes every message. @throws {AwsError} `InvalidParameterException`. */
export function readFilterPolicy(value: string): string | undefined {
  const policy = value === '' ? {} : parseJson(value);
  if (!isJsonObject(policy)) throw invalidParameter('FilterPolicy: failed to parse JSON.');
  if (Object.keys(policy).length === 0) return undefined;
  patternOf(value);
  return value;
}

/** Returns whether a subscription gets a message. */
export function wants(
  { filterPolicy, filterPolicyScope }: MessageFilter,
  message: string,
  attributes: Readonly<Record<string, MessageAttributeValue>>,
): boolean {
  if (filterPolicy === undefined) return true;
  const looked = filterPolicyScope === 'MessageBody' ? parseJson(message) : valuesOf(attributes);
  return isJsonObject(looked) && matchPattern(patternOf(filterPolicy), looked);
}

const patterns = new Map<string, Pattern>();

/** AWS: a filter policy has the grammar of an event pattern. */
function patternOf(policy: string): Pattern {
  const known = patterns.get(policy);
  if (known !== undefined) return known;
  const parsed = parsePattern(parseJson(policy) ?? null);
  if (!parsed.ok) {
    const reason = parsed.problems.map(({ message }) => message).join('; ');
    throw invalidParameter(`FilterPolicy: ${reason}`);
  }
  patterns.set(policy, parsed.value);
  return parsed.value;
}

function valuesOf(attributes: Readonly<Record<string, MessageAttributeValue>>): JsonObject {
  const values = Object.entries(attributes).flatMap(([name, attribute]): [string, Json][] => {
    const value = attributeValue(attribute);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(values);
}

/** A binary attribute has no value that a policy could match. */
function attributeValue({ DataType = '', StringValue }: MessageAttributeValue): Json | undefined {
  if (StringValue === undefined) return undefined;
  if (DataType.startsWith('String.Array')) return parseJson(StringValue);
  return DataType.startsWith('Number') ? Number(StringValue) : StringValue;
}
