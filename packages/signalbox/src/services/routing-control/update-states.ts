import type {
  UpdateRoutingControlStateRequest,
  UpdateRoutingControlStatesRequest,
} from '@aws-sdk/client-route53-recovery-cluster';
import type { ControlPanels, RoutingState } from './control-panels.ts';
import { validationException } from './routing-errors.ts';
import { checkSafetyRules } from './safety-rules.ts';

/** The panels, time and listener that an update works with. */
export interface Switchboard {
  readonly panels: ControlPanels;
  nowMs(): number;
  /** Must hear of every update, after it. */
  changed(): void;
}

/** UpdateRoutingControlState. @throws {AwsError} As `updateRoutingControlStates`. */
export function updateRoutingControlState(
  board: Switchboard,
  input: UpdateRoutingControlStateRequest,
): object {
  const { SafetyRulesToOverride, ...entry } = input;
  return updateRoutingControlStates(board, {
    UpdateRoutingControlStateEntries: [entry],
    SafetyRulesToOverride,
  });
}

/**
 * UpdateRoutingControlStates: all of them, or none.
 * @throws {AwsError} `ConflictException` where a safety rule forbids it, `ResourceNotFoundException`,
 * `ValidationException`.
 */
export function updateRoutingControlStates(
  { panels, nowMs, changed }: Switchboard,
  input: UpdateRoutingControlStatesRequest,
): object {
  const entries = input.UpdateRoutingControlStateEntries ?? [];
  const wanted = new Map<string, RoutingState>();
  for (const { RoutingControlArn: arn, RoutingControlState: state } of entries) {
    const control = panels.control(arn);
    if (wanted.has(control.arn)) {
      throw validationException(`${control.arn} is given twice`, 'RoutingControlArn');
    }
    wanted.set(control.arn, stateOf(state));
  }
  const touched = checkSafetyRules(panels, wanted, input.SafetyRulesToOverride ?? [], nowMs());
  for (const [arn, state] of wanted) panels.control(arn).state = state;
  for (const rule of touched) rule.changedAtMs = nowMs();
  changed();
  return {};
}

function stateOf(state: string | undefined): RoutingState {
  if (state === 'On' || state === 'Off') return state;
  throw validationException('RoutingControlState must be On or Off', 'RoutingControlState');
}
