import { isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts';

/** The statements of a resource's policy, each with an id of its own, and the rest of the policy. */
export interface PolicyStatements {
  /** All but the statements; undefined where the text is no policy. */
  readonly head: JsonObject | undefined;
  readonly statements: readonly Json[];
}

/**
 * Reads the statements of a policy's text, as AddPermission and PutPermission of several services add to.
 *
 * @param policy JSON; what is no object has no statements.
 * @example
 * statementsIn('{"Version":"2012-10-17","Statement":{"Sid":"a"}}').statements; // [{ Sid: 'a' }]
 */
export function statementsIn(policy: string | undefined): PolicyStatements {
  const parsed = parseJson(policy ?? '');
  if (!isJsonObject(parsed)) return { head: undefined, statements: [] };
  const { Statement, ...head } = parsed;
  if (Statement === undefined) return { head, statements: [] };
  return { head, statements: Array.isArray(Statement) ? Statement : [Statement] };
}

/** Whether a statement has an id. */
export function hasSid(statement: Json, sid: string): boolean {
  return isJsonObject(statement) && statement['Sid'] === sid;
}

/** One value as it is, several as a list: so AWS writes principals and actions. */
export function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : values;
}
