import { isJsonNumber } from '../../core/exact-json/exact-number.ts';
import type { Json } from '../../core/json.ts';
import type { Integration } from './integrations.ts';
import { isCamelCase } from './sdk-input.ts';

/**
 * Turns what an SDK returned into the result of a Task: members in PascalCase, without `$metadata`;
 * dates in Unix milliseconds for optimized integrations, in ISO 8601 for `aws-sdk` ones.
 */
export function toJsonOutput(integration: Integration, output: object): Json {
  const { style, service } = integration;
  return toJson(output, {
    pascalCase: isCamelCase(integration),
    style,
    hasTextBody: service === 's3',
  });
}

interface OutputRules {
  readonly pascalCase: boolean;
  readonly style: Integration['style'];
  /** AWS: an object of S3 comes as text. */
  readonly hasTextBody: boolean;
}

function toJson(value: unknown, rules: OutputRules): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (isJsonNumber(value)) return value;
  if (value instanceof Date)
    return rules.style === 'optimized' ? value.getTime() : value.toISOString();
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString(rules.hasTextBody ? 'utf8' : 'base64');
  }
  if (Array.isArray(value)) return value.map((item) => toJson(item, rules));
  if (typeof value === 'object') return toMembers(value, rules);
  throw new TypeError(`Cannot make JSON of a ${typeof value} in a service's output`);
}

function toMembers(value: object, rules: OutputRules): Json {
  const members = Object.entries(value).filter(
    ([name, member]) => member !== undefined && name !== '$metadata',
  );
  return Object.fromEntries(
    members.map(([name, member]) => [
      rules.pascalCase ? name.charAt(0).toUpperCase() + name.slice(1) : name,
      toJson(member, rules),
    ]),
  );
}
