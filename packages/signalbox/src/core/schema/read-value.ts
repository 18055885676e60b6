import * as v from 'valibot';
import { bad, ok, type Problem, type Result } from '../result.ts';

/**
 * Reads a value of a file with a schema.
 * @param path Where the value stands in the file, such as `rds.clusters[0]`; empty for the whole.
 * @returns What the schema makes of the value, or everything that is wrong with it, each with its path.
 */
export function readValue<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
  path = '',
): Result<T> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return ok(parsed.output);
  return bad(...parsed.issues.map((issue) => problemOf(issue, path)));
}

function problemOf(issue: v.BaseIssue<unknown>, path: string): Problem {
  const whole = (issue.path ?? []).reduce((before, { key }) => {
    if (typeof key === 'number') return `${before}[${key}]`;
    return before === '' ? String(key) : `${before}.${String(key)}`;
  }, path);
  return { path: whole, message: messageOf(issue) };
}

/** The library's own messages, in the words of the others. */
function messageOf({ message }: v.BaseIssue<unknown>): string {
  const standard = /^Invalid [^:]+: Expected (.+) but received (.+)$/s.exec(message);
  if (standard === null) return message;
  const [, expected, received] = standard;
  return received === 'undefined' ? 'Missing' : `Expected ${expected}, found ${received}`;
}
