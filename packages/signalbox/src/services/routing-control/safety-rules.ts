import type { ControlPanels, RoutingState, SafetyRule } from './control-panels.ts';
import { safetyRuleConflict, validationException } from './routing-errors.ts';

/** The states that an update asks for, by the controls' ARNs. */
export type WantedStates = ReadonlyMap<string, RoutingState>;

/**
 * Checks an update against the safety rules that are not overridden, and returns those it touches.
 * AWS: "Creating safety rules in ARC" of the developer guide.
 * @throws {AwsError} `ConflictException` with the first rule that forbids it, `ValidationException`
 * for an override of no rule.
 */
export function checkSafetyRules(
  panels: ControlPanels,
  wanted: WantedStates,
  overridden: readonly string[],
  nowMs: number,
): readonly SafetyRule[] {
  const rules = panels.rules();
  const stranger = overridden.find((arn) => !rules.some((rule) => rule.arn === arn));
  if (stranger !== undefined) {
    throw validationException(
      `There is no safety rule ${stranger}`,
      'SafetyRulesToOverride',
      'MISSING_RESOURCE',
    );
  }
  const changed = [...wanted].filter(([arn, state]) => panels.find(arn)?.state !== state);
  const touched = rules.filter(({ controlArns }) =>
    changed.some(([arn]) => controlArns.includes(arn)),
  );
  for (const rule of touched) {
    const conflict = overridden.includes(rule.arn)
      ? undefined
      : conflictWith(rule, panels, wanted, nowMs);
    if (conflict !== undefined) throw safetyRuleConflict(rule.arn, conflict);
  }
  return touched;
}

function conflictWith(
  rule: SafetyRule,
  panels: ControlPanels,
  wanted: WantedStates,
  nowMs: number,
): string | undefined {
  const { controlArns, changedAtMs, waitPeriodMs } = rule;
  if (changedAtMs !== undefined && nowMs < changedAtMs + waitPeriodMs) {
    return `a change was made less than ${waitPeriodMs} ms ago`;
  }
  const on = controlArns.filter((arn) => (wanted.get(arn) ?? panels.find(arn)?.state) === 'On');
  const needed = neededOf(rule);
  const holds = on.length >= needed;
  if (holds !== rule.isInverted) return undefined;
  const bound = rule.isInverted ? `fewer than ${needed}` : `at least ${needed}`;
  return `${rule.name} asserts that ${bound} of ${controlArns.length} routing controls are On, and ${on.length} would be`;
}

function neededOf({ type, threshold, controlArns }: SafetyRule): number {
  if (type === 'AND') return controlArns.length;
  return type === 'OR' ? 1 : threshold;
}
