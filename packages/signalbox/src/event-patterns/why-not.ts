import type { JsonObject } from '../core/json.ts';
import type { FieldValue } from './event-fields.ts';
import { fitField, isPossible } from './field-fit.ts';
import { compilePatterns, matchBranch, type ValuesAt } from './match-pattern.ts';
import type { Branch, Pattern } from './pattern.ts';
import { sortByPath } from './sort-by-path.ts';

/** The first reason why an event doesn't match a pattern. */
export interface WhyNot {
  /** The field's path, such as `detail.status`. */
  readonly field: string;
  /** The pattern's condition there, as it was written. */
  readonly expected: string;
  /** The event's value there, in JSON, or `nothing`. */
  readonly found: string;
  /** The number of the pattern's fields that do fit: the more, the nearer. */
  readonly fitting: number;
}

/** Says why an event doesn't match a pattern, by its nearest branch; undefined where it does. */
export function whyNot(pattern: Pattern, event: JsonObject): WhyNot | undefined {
  return whyNotValues(pattern, compilePatterns([pattern]).read(event));
}

/** As `whyNot`, for an event that was read already. */
export function whyNotValues(pattern: Pattern, valuesAt: ValuesAt): WhyNot | undefined {
  const reasons: WhyNot[] = [];
  for (const branch of pattern.branches) {
    const reason = whyNotBranch(branch, valuesAt);
    if (reason === undefined) return undefined;
    reasons.push(reason);
  }
  return reasons.reduce((nearest, reason) => (reason.fitting > nearest.fitting ? reason : nearest));
}

/** Writes a reason in one sentence without full stop. */
export function whyNotText({ field, expected, found }: WhyNot): string {
  return `${field}: expected ${expected}, found ${found}`;
}

function whyNotBranch(branch: Branch, valuesAt: ValuesAt): WhyNot | undefined {
  const failing = branch.filter((field) => !isPossible(fitField(field, valuesAt(field.path))));
  const [first] = failing;
  const fitting = branch.length - failing.length;
  if (first !== undefined) {
    const found = valuesText(valuesAt(first.path));
    return { field: first.path, expected: first.written, found, fitting };
  }
  if (matchBranch(sortByPath(branch), valuesAt)) return undefined;
  const inside = branch.filter(({ path }) =>
    valuesAt(path).some(({ arrays }) => arrays.length > 0),
  );
  return {
    field: inside.map(({ path }) => path).join(' with '),
    expected: inside.map(({ written }) => written).join(' with '),
    found: 'these only in different elements of an array',
    fitting,
  };
}

function valuesText(values: readonly FieldValue[]): string {
  const texts = values.map(({ value }) => JSON.stringify(value));
  return texts.length === 0 ? 'nothing' : texts.join(' and ');
}
