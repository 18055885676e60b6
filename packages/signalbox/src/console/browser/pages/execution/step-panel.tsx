import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import SplitPanel from '@cloudscape-design/components/split-panel';
import Tabs from '@cloudscape-design/components/tabs';
import type { Step } from '../../../../history/steps/step.ts';
import { followLink, hrefOf, setQuery } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { spanText, timeText } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { StepStatusBadge } from '../../parts/status.tsx';
import { childOf } from './child-execution.ts';
import { ChildView } from './child-view.tsx';
import { definitionOf } from './definition-of.ts';
import { CauseView } from './failure-banner.tsx';
import { MapRunView } from './map-run-view.tsx';
import { useSelection } from './selection.ts';
import { StepAttempts } from './step-attempts.tsx';
import { StepChoice } from './step-choice.tsx';
import { StepDataFlow } from './step-data-flow.tsx';
import { StepToken } from './step-token.tsx';
import { StepVariables } from './step-variables.tsx';
import { StepWorkView } from './step-work-view.tsx';
import type { LiveExecution } from './use-execution.ts';

/** A step, and the execution that it is of. */
export interface StepViewProps {
  readonly execution: LiveExecution;
  readonly step: Step;
  readonly nowMs: number;
}

/** Everything that is known of a step, beside the graph. */
export function StepPanel(props: StepViewProps) {
  const { step } = props;
  const { tab } = useSelection();
  const tabs = tabsOf(props);
  return (
    <SplitPanel
      header={step.name}
      hidePreferencesButton
      i18nStrings={{
        preferencesTitle: t('Preferences'),
        preferencesPositionLabel: t('Position'),
        preferencesPositionDescription: '',
        preferencesPositionSide: t('Side'),
        preferencesPositionBottom: t('Bottom'),
        preferencesConfirm: t('Confirm'),
        preferencesCancel: t('Cancel'),
        closeButtonAriaLabel: t('Close the panel'),
        openButtonAriaLabel: t('Open the panel'),
        resizeHandleAriaLabel: t('Resize the panel'),
      }}
    >
      <SpaceBetween size="m">
        <StepFacts {...props} />
        {step.error !== undefined && (
          <div className="step-error">
            <Box variant="h4">{step.error}</Box>
            {step.cause !== undefined && <CauseView cause={step.cause} />}
          </div>
        )}
        <StepToken executionArn={props.execution.described?.executionArn ?? ''} step={step} />
        <Tabs
          ariaLabel={step.name}
          activeTabId={tabs.some(({ id }) => id === tab) ? tab : 'input-output'}
          onChange={({ detail }) => setQuery({ tab: detail.activeTabId })}
          tabs={tabs}
        />
      </SpaceBetween>
    </SplitPanel>
  );
}

function StepFacts({ step, execution, nowMs }: StepViewProps) {
  const startedMs = execution.steps[0]?.enteredMs ?? step.enteredMs;
  const child = childOf(step);
  const resource = step.attempts[0]?.resource;
  return (
    <KeyValuePairs
      columns={2}
      items={[
        { label: t('Status'), value: <StepStatusBadge status={step.status} /> },
        {
          label: t('Type'),
          value: resource === undefined ? step.type : `${step.type} · ${resource}`,
        },
        {
          label: t('Started after'),
          value: `${spanText(startedMs, step.enteredMs, nowMs)} (${timeText(step.enteredMs).slice(11)})`,
        },
        { label: t('Duration'), value: spanText(step.enteredMs, step.exitedMs, nowMs) },
        ...(child === undefined
          ? []
          : [
              {
                label: t('Child execution'),
                value: (
                  <Link href={hrefOf(`/executions/${child}`)} onFollow={followLink}>
                    {child.split(':').at(-1)}
                  </Link>
                ),
              },
            ]),
      ]}
    />
  );
}

function tabsOf({ execution, step, nowMs }: StepViewProps) {
  const { machine } = execution;
  const definition = definitionOf(machine?.definition, step.name);
  const isTask = step.attempts.length > 0;
  const child = childOf(step);
  return [
    {
      id: 'input-output',
      label: t('Input and output'),
      content: (
        <SpaceBetween size="s">
          <Box variant="awsui-key-label">{t('Input')}</Box>
          <JsonView label={t('Input')} text={step.input} />
          <Box variant="awsui-key-label">{t('Output')}</Box>
          <JsonView label={t('Output')} text={step.output} />
        </SpaceBetween>
      ),
    },
    ...(step.mapRunArn === undefined
      ? []
      : [
          {
            id: 'map-run',
            label: t('Map Run'),
            content: <MapRunView mapRunArn={step.mapRunArn} />,
          },
        ]),
    ...(child === undefined
      ? []
      : [{ id: 'child', label: t('Child execution'), content: <ChildView arn={child} /> }]),
    ...(step.type === 'Choice'
      ? [
          {
            id: 'why',
            label: t('Why'),
            content: <StepChoice execution={execution} step={step} definition={definition} />,
          },
        ]
      : []),
    ...(isTask
      ? [
          {
            id: 'work',
            label: t('Logs'),
            content: <StepWorkView execution={execution} step={step} />,
          },
          {
            id: 'attempts',
            label: `${t('Retries')} (${step.attempts.length - 1})`,
            content: <StepAttempts step={step} nowMs={nowMs} />,
          },
        ]
      : []),
    {
      id: 'flow',
      label: t('Data flow'),
      content: <StepDataFlow execution={execution} step={step} definition={definition} />,
    },
    {
      id: 'variables',
      label: t('Variables'),
      content: <StepVariables execution={execution} step={step} />,
    },
    {
      id: 'definition',
      label: t('Definition'),
      content: (
        <JsonView
          label={t('Definition')}
          text={definition === undefined ? undefined : JSON.stringify(definition)}
        />
      ),
    },
  ];
}
