import { AwsError } from '../../core/aws-error.ts';
import { MAX_PATTERN_LENGTH, parsePatternText } from '../../event-patterns/parse-pattern.ts';
import type { Pattern } from '../../event-patterns/pattern.ts';

/**
 * Reads the text of a pattern.
 * @throws {AwsError} InvalidEventPatternException with the service's own message, and ValidationException
 * for a text that is too long.
 */
export function requirePattern(text: string): Pattern {
  if (text.length > MAX_PATTERN_LENGTH) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'eventPattern' failed to satisfy constraint: Member must have length less than or equal to ${MAX_PATTERN_LENGTH}`,
    );
  }
  const pattern = parsePatternText(text);
  if (pattern.ok) return pattern.value;
  throw new AwsError('InvalidEventPatternException', pattern.problems[0]?.message ?? '');
}
