import type { ChoiceRule, ChoiceState } from '../ast.ts';
import { holds } from '../choice/holds.ts';
import { leaveWith, narrowedInput } from '../data-flow.ts';
import { ERROR } from '../error-names.ts';
import { type Eventual, onceReady } from '../eventual.ts';
import { leave } from '../leave.ts';
import type { Visit } from '../run.ts';
import { StateFailure } from '../state-failure.ts';
import type { StateOutcome } from '../state-outcome.ts';

/** Leads on by the first rule whose condition holds, or by Default. */
export function runChoice(state: ChoiceState, visit: Visit): Eventual<StateOutcome> {
  const input = narrowedInput(state.flow, visit);
  return onceReady(matchingRule(state.rules, { visit, root: input }, 0), (rule) => {
    const next = rule === undefined ? state.defaultState : rule.next;
    if (next === undefined) throw noChoiceMatched();
    return onceReady(leaveWith(flowOf(state, rule), visit, input), (leaving) =>
      leave(state, visit, leaving, { kind: 'next', state: next }),
    );
  });
}

type ChoiceScope = Parameters<typeof holds>[1];

function matchingRule(
  rules: readonly ChoiceRule[],
  scope: ChoiceScope,
  start: number,
): Eventual<ChoiceRule | undefined> {
  for (let at = start; at < rules.length; at++) {
    const rule = rules[at];
    if (rule === undefined) continue;
    const matches = holds(rule.condition, scope);
    if (matches instanceof Promise) {
      return matches.then((held) => (held ? rule : matchingRule(rules, scope, at + 1)));
    }
    if (matches === true) return rule;
  }
  return undefined;
}

/** A rule's own Assign and Output stand in for those of the state, which belong to Default. */
function flowOf(state: ChoiceState, rule: ChoiceRule | undefined): ChoiceState['flow'] {
  if (rule === undefined) return state.flow;
  const { assign, output } = rule;
  return state.flow.language === 'JSONata'
    ? { ...state.flow, assign, output }
    : { ...state.flow, assign };
}

function noChoiceMatched(): StateFailure {
  return new StateFailure(
    ERROR.noChoiceMatched,
    'Failed to transition out of the state. The state does not point to a next state.',
  );
}
