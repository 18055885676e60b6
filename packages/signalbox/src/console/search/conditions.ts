/** A condition of a search for executions. */
export interface Condition {
  /** Of a property, such as `workflow` or `duration`. */
  readonly name: string;
  /** `=`, `!=`, `:` (contains), `!:`, `<`, `<=`, `>` or `>=`. */
  readonly operator: string;
  readonly value: string;
}

/** The texts of an execution that no list has: the console has to look into it for them. */
const DEEP_TEXTS = ['input', 'output', 'error', 'trigger'] as const;

/** A condition on one of these texts. */
export interface DeepCondition extends Condition {
  readonly name: (typeof DEEP_TEXTS)[number];
}

/** Reads the conditions that a query holds, one a `where`: `status=FAILED`, `duration>60`, `text:order-7`. */
export function conditionsIn(query: URLSearchParams): readonly Condition[] {
  return query.getAll('where').flatMap((text) => {
    const [, name, operator, value] = /^(\w+)(!=|!:|>=|<=|[=:<>])(.*)$/s.exec(text) ?? [];
    return name === undefined || operator === undefined || value === undefined
      ? []
      : [{ name, operator, value }];
  });
}

/** Returns whether a condition is on a text that no list has. */
export function isDeep(condition: Condition): condition is DeepCondition {
  return DEEP_TEXTS.some((name) => name === condition.name);
}

/** The conditions of a query that rows alone do not answer; a text is neither more nor less than another. */
export function deepConditionsIn(query: URLSearchParams): readonly DeepCondition[] {
  return conditionsIn(query)
    .filter(isDeep)
    .filter(({ operator }) => /^!?[=:]$/.test(operator));
}

/** Writes conditions as `conditionsIn` reads them. */
export function conditionTexts(conditions: readonly Condition[]): readonly string[] {
  return conditions.map(({ name, operator, value }) => `${name}${operator}${value}`);
}
