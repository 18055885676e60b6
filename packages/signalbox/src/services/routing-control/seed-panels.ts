import type { Json } from '../../core/json.ts';
import { type Fields, readSection } from '../section-fields.ts';
import type { ControlPanel, RoutingControl, SafetyRule } from './control-panels.ts';

/**
 * Reads the control panels of the file of simulated resources; rules name the controls of their own panel.
 * @throws {UserError} With everything that is wrong with it.
 */
export function readPanels(
  part: string,
  section: Json,
  accountId: string,
): readonly ControlPanel[] {
  return readSection(part, section, (fields) =>
    fields.list('controlPanels', (panel) => readPanel(panel, accountId)),
  );
}

function readPanel(fields: Fields, accountId: string): ControlPanel {
  const id = idOf(fields, 32);
  const arn = `arn:aws:route53-recovery-control::${accountId}:controlpanel/${id}`;
  const controls = fields.list('routingControls', (control) => readControl(control, arn));
  const rules = fields.list('safetyRules', (rule) => readRule(rule, arn, controls));
  return { arn, name: fields.text('name'), controls, rules };
}

function readControl(fields: Fields, panelArn: string): RoutingControl {
  return {
    arn: `${panelArn}/routingcontrol/${idOf(fields, 16)}`,
    name: fields.text('name'),
    state: fields.oneOf('state', ['On', 'Off'], 'Off'),
  };
}

function readRule(
  fields: Fields,
  panelArn: string,
  controls: readonly RoutingControl[],
): SafetyRule {
  const names = fields.texts('assertedControls');
  const controlArns = names.flatMap((name) => {
    const control = controls.find((each) => each.name === name);
    if (control === undefined) fields.wrong(`No control "${name}"`, 'assertedControls');
    return control?.arn ?? [];
  });
  return {
    arn: `${panelArn}/safetyrule/${idOf(fields, 16)}`,
    name: fields.text('name'),
    controlArns,
    type: fields.oneOf('type', ['ATLEAST', 'AND', 'OR']),
    threshold: fields.whole('threshold', 0, 1),
    isInverted: fields.flag('inverted', false),
    // AWS: the wait period is 5,000 ms where nobody chooses one.
    waitPeriodMs: fields.whole('waitPeriodMs', 0, 5_000),
    changedAtMs: undefined,
  };
}

function idOf(fields: Fields, length: number): string {
  const id = fields.text('id');
  if (id !== '' && !new RegExp(`^[0-9a-f]{${length}}$`).test(id)) {
    fields.wrong(`Expected ${length} digits of 0-9 and a-f`, 'id');
  }
  return id;
}
