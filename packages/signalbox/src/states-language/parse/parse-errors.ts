import type { Catcher, Retrier } from '../ast.ts';
import { ERROR } from '../error-names.ts';
import { MAX_SECONDS } from './bounds.ts';
import type { Fields } from './fields.ts';
import { resultPathField } from './parse-flow.ts';
import { assignField, templateField } from './parse-template.ts';

const DEFAULT_INTERVAL_SECONDS = 1;
const DEFAULT_MAX_ATTEMPTS = 3;
const DEFAULT_BACKOFF_RATE = 2;
const MAX_ATTEMPTS = MAX_SECONDS;
const MAX_DELAY_SECONDS = 31_622_400;

/** Reads `Retry`. */
export function parseRetry(fields: Fields): readonly Retrier[] {
  const rules = fields.objects('Retry');
  return rules.map((rule, index) => {
    const retrier = {
      errorEquals: errorEquals(rule, index === rules.length - 1),
      intervalSeconds: rule.integer('IntervalSeconds', 1, MAX_SECONDS) ?? DEFAULT_INTERVAL_SECONDS,
      maxAttempts: rule.integer('MaxAttempts', 0, MAX_ATTEMPTS) ?? DEFAULT_MAX_ATTEMPTS,
      backoffRate: rule.number('BackoffRate', 1) ?? DEFAULT_BACKOFF_RATE,
      maxDelaySeconds: rule.integer('MaxDelaySeconds', 1, MAX_DELAY_SECONDS),
      jitterStrategy: rule.word('JitterStrategy', ['FULL', 'NONE']) ?? 'NONE',
    } as const;
    rule.text('Comment');
    rule.refuseOthers();
    return retrier;
  });
}

/** Reads `Catch`. */
export function parseCatch(fields: Fields): readonly Catcher[] {
  const rules = fields.objects('Catch');
  return rules.map((rule, index) => {
    rule.require('Next');
    const isJsonata = rule.language === 'JSONata';
    const catcher = {
      errorEquals: errorEquals(rule, index === rules.length - 1),
      next: rule.text('Next') ?? '',
      resultPath: isJsonata ? undefined : resultPathField(rule),
      output: isJsonata ? templateField(rule, 'Output') : undefined,
      assign: assignField(rule),
    };
    rule.text('Comment');
    rule.refuseOthers();
    return catcher;
  });
}

/** AWS: States.ALL stands alone, and only in the last rule; States.TaskFailed only in the last but it. */
function errorEquals(rule: Fields, isLast: boolean): readonly string[] {
  const { diagnostics } = rule;
  if (!rule.require('ErrorEquals')) return [];
  const names = rule.texts('ErrorEquals');
  const place = rule.at('ErrorEquals');
  if (names.length === 0) diagnostics.schema('Value cannot be empty', place);
  if (names.includes(ERROR.all)) {
    if (names.length > 1) diagnostics.schema(`'${ERROR.all}' must appear alone`, place);
    if (!isLast) diagnostics.schema(`'${ERROR.all}' must be in the last rule`, place);
  }
  return names;
}
