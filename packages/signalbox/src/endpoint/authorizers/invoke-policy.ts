import { isJsonObject, type Json } from '../../core/json.ts';

/** What a policy says of a request. */
export type Verdict = 'allow' | 'deny' | 'nothing';

/**
 * Says what a policy that an authorizer gave says of `execute-api:Invoke` on a method.
 * @param policy A policy document; conditions are not evaluated, so a statement with one says nothing.
 * @param methodArn Such as `arn:aws:execute-api:eu-west-1:123456789012:abc123/Prod/GET/orders`.
 */
export function verdictOf(policy: Json | undefined, methodArn: string): Verdict {
  const statements = isJsonObject(policy) ? listOf(policy['Statement']) : [];
  const verdicts = statements.flatMap((statement) => {
    if (!isJsonObject(statement) || statement['Condition'] !== undefined) return [];
    const { Effect, Action, Resource } = statement;
    const isThis = fits(Action, 'execute-api:Invoke') && fits(Resource, methodArn);
    return isThis ? [Effect] : [];
  });
  if (verdicts.includes('Deny')) return 'deny';
  return verdicts.includes('Allow') ? 'allow' : 'nothing';
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function fits(patterns: Json | undefined, text: string): boolean {
  return listOf(patterns).some((pattern) => typeof pattern === 'string' && isLike(pattern, text));
}

/** IAM: `*` stands for any characters, `?` for one; the case of actions does not matter. */
function isLike(pattern: string, text: string): boolean {
  const source = pattern
    .split(/([*?])/)
    .map((part) =>
      part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`, 'is').test(text);
}
