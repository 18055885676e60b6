import { parseJson } from './parse-json.ts';

/** Makes an error's cause readable: a function's comes as JSON text with the message among a stack trace. */
export function readableCause(cause: string | null | undefined, maxLength: number): string {
  if (!cause) return 'No cause was given';
  const parsed = parseJson(cause);
  const isLambdaError = typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed;
  return (isLambdaError ? String(parsed.errorMessage) : cause).slice(0, maxLength);
}
