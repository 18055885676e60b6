import * as v from 'valibot';
import type { Json } from '../../core/json.ts';
import type { Problem } from '../../core/result.ts';
import { readSection } from '../../core/schema/read-section.ts';
import { Flag, fields, listOf, oneOf, Text, textLike, whole } from '../../core/schema/schema.ts';
import type { ControlPanel } from './control-panels.ts';

const ControlSection = fields({
  id: idOf(16),
  name: Text,
  state: v.optional(oneOf(['On', 'Off']), 'Off'),
});

const RuleSection = fields({
  id: idOf(16),
  name: Text,
  /** Names of controls of the same panel. */
  assertedControls: listOf(Text),
  type: oneOf(['ATLEAST', 'AND', 'OR']),
  threshold: v.optional(whole(0), 1),
  inverted: v.optional(Flag, false),
  // AWS: the wait period is 5,000 ms where nobody chooses one.
  waitPeriodMs: v.optional(whole(0), 5_000),
});

const PanelSection = fields({
  id: idOf(32),
  name: Text,
  routingControls: v.optional(listOf(ControlSection), []),
  safetyRules: v.optional(listOf(RuleSection), []),
});

const Section = fields({ controlPanels: v.optional(listOf(PanelSection), []) });

type Panels = v.InferOutput<typeof Section>['controlPanels'];

/**
 * Reads the control panels of the file of simulated resources; rules name the controls of their own panel.
 * @throws {UserError} With everything that is wrong with it.
 */
export function readPanels(
  part: string,
  section: Json,
  accountId: string,
): readonly ControlPanel[] {
  const { controlPanels } = readSection(part, section, Section, (read) =>
    unknownControls(`${part}.controlPanels`, read.controlPanels),
  );
  return controlPanels.map((panel) => panelOf(panel, accountId));
}

function unknownControls(path: string, panels: Panels): readonly Problem[] {
  return panels.flatMap(({ routingControls, safetyRules }, panel) =>
    safetyRules.flatMap(({ assertedControls }, rule) =>
      assertedControls
        .filter((name) => !routingControls.some((control) => control.name === name))
        .map((name) => ({
          path: `${path}[${panel}].safetyRules[${rule}].assertedControls`,
          message: `There is no control "${name}" in the panel`,
        })),
    ),
  );
}

function panelOf(
  { id, name, routingControls, safetyRules }: Panels[number],
  accountId: string,
): ControlPanel {
  const arn = `arn:aws:route53-recovery-control::${accountId}:controlpanel/${id}`;
  const controls = routingControls.map((control) => ({
    arn: `${arn}/routingcontrol/${control.id}`,
    name: control.name,
    state: control.state,
  }));
  const rules = safetyRules.map((rule) => ({
    arn: `${arn}/safetyrule/${rule.id}`,
    name: rule.name,
    controlArns: controls
      .filter((control) => rule.assertedControls.includes(control.name))
      .map((control) => control.arn),
    type: rule.type,
    threshold: rule.threshold,
    isInverted: rule.inverted,
    waitPeriodMs: rule.waitPeriodMs,
    changedAtMs: undefined,
  }));
  return { arn, name, controls, rules };
}

function idOf(length: number) {
  return textLike(new RegExp(`^[0-9a-f]{${length}}$`), `${length} digits of 0-9 and a-f`);
}
