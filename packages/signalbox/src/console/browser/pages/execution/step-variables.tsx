import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Step } from '../../../../history/steps/step.ts';
import { membersText, variablesBefore } from '../../../../history/steps/variables.ts';
import { t } from '../../app/strings.ts';
import { JsonDiff } from '../../parts/json-diff.tsx';
import { JsonView } from '../../parts/json-view.tsx';
import type { LiveExecution } from './use-execution.ts';

/** The variables before a step, and what it made of them. */
export function StepVariables({
  execution,
  step,
}: {
  readonly execution: LiveExecution;
  readonly step: Step;
}) {
  const before = variablesBefore(execution.steps, step);
  const after = { ...before, ...step.assigned };
  return (
    <SpaceBetween size="s">
      <Box variant="awsui-key-label">{t('Before')}</Box>
      <JsonView label={t('Variables before')} text={membersText(before)} />
      <Box variant="awsui-key-label">{t('Assigned by this step')}</Box>
      {step.assigned === undefined ? (
        <Box color="text-body-secondary">{t('Nothing')}</Box>
      ) : (
        <JsonDiff before={membersText(before)} after={membersText(after)} />
      )}
    </SpaceBetween>
  );
}
