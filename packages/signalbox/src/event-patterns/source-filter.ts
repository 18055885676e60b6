import { isJsonObject, type Json, type JsonObject, parseJson } from '../core/json.ts';
import { compilePatterns } from './match-pattern.ts';
import { parsePattern } from './parse-pattern.ts';

/**
 * Makes the filter of an event source mapping or a pipe.
 * @param patterns Event patterns, of which an event has to match one; none takes every event.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export function createSourceFilter(
  patterns: readonly JsonObject[],
): (event: JsonObject) => boolean {
  if (patterns.length === 0) return () => true;
  const parsed = patterns.flatMap((pattern) => {
    const result = parsePattern(pattern);
    return result.ok ? [result.value] : [];
  });
  const compiled = compilePatterns(parsed);
  return (event) => {
    const whole = withParsedBody(event);
    return isJsonObject(whole) && compiled.match(whole).length > 0;
  };
}

/** Reads a body that is JSON: patterns and templates look into it. */
export function withParsedBody(event: Json): Json {
  if (!isJsonObject(event) || typeof event['body'] !== 'string') return event;
  return { ...event, body: parseJson(event['body']) ?? event['body'] };
}
