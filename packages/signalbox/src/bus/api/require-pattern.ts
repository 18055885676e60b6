import { AwsError } from '../../core/aws-error.ts';
import { parsePatternText } from '../../event-patterns/parse-pattern.ts';
import type { Pattern } from '../../event-patterns/pattern.ts';

/**
 * Reads the text of a pattern.
 * @throws {AwsError} InvalidEventPatternException, with the service's own message.
 */
export function requirePattern(text: string): Pattern {
  const pattern = parsePatternText(text);
  if (pattern.ok) return pattern.value;
  throw new AwsError('InvalidEventPatternException', pattern.problems[0]?.message ?? '');
}
