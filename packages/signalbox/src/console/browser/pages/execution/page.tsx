import Alert from '@cloudscape-design/components/alert';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Spinner from '@cloudscape-design/components/spinner';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { lazy, Suspense } from 'react';
import { setQuery } from '../../app/location.ts';
import { usePanel } from '../../app/panel.tsx';
import { t } from '../../app/strings.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useNow } from '../../parts/use-now.ts';
import { ExecutionActions } from './actions.tsx';
import { EventsList } from './events-list.tsx';
import { FailureBanner } from './failure-banner.tsx';
import { selectStep, useSelection } from './selection.ts';
import { Summary } from './summary.tsx';
import { type LiveExecution, useExecution } from './use-execution.ts';

// What draws the graph, and what looks into a step, loads while the history does.
const GraphView = lazy(async () => ({ default: (await import('./graph-view.tsx')).GraphView }));
const LogPane = lazy(async () => ({ default: (await import('./log-pane.tsx')).LogPane }));
const StepsTable = lazy(async () => ({ default: (await import('./steps-table.tsx')).StepsTable }));
const StepPanel = lazy(async () => ({ default: (await import('./step-panel.tsx')).StepPanel }));

/** One execution: why it stands as it does, as a graph, a table with a timeline, events and logs. */
export function ExecutionPage({ name: arn }: { readonly name: string }) {
  const execution = useExecution(arn);
  const selection = useSelection();
  const { described, steps, error, isConnected } = execution;
  const isRunning = described?.status === 'RUNNING';
  const nowMs = useNow(isRunning);
  const step = steps.find(({ id }) => id === selection.stepId);
  const panel =
    step === undefined ? undefined : (
      <Suspense fallback={null}>
        <StepPanel execution={execution} step={step} nowMs={nowMs} />
      </Suspense>
    );
  usePanel(panel, step && String(step.id));
  if (described === undefined) {
    return error === undefined ? <Spinner size="large" /> : <Alert type="error">{error}</Alert>;
  }
  return (
    <PageFrame
      title={described.name ?? ''}
      description={
        isConnected ? undefined : (
          <StatusIndicator type="warning">{t('Connection lost')}</StatusIndicator>
        )
      }
      actions={<ExecutionActions execution={execution} step={step} />}
      error={error}
    >
      <FailureBanner execution={execution} />
      <Summary execution={execution} nowMs={nowMs} />
      <SegmentedControl
        label={t('View')}
        selectedId={selection.view}
        onChange={({ detail }) => setQuery({ view: detail.selectedId })}
        options={[
          { id: 'graph', text: t('Graph') },
          { id: 'table', text: t('Table') },
          { id: 'events', text: `${t('Events')} (${execution.events.length})` },
          { id: 'logs', text: t('Logs') },
        ]}
      />
      <Suspense fallback={<Spinner />}>
        <View execution={execution} nowMs={nowMs} isRunning={isRunning} />
      </Suspense>
    </PageFrame>
  );
}

function View({
  execution,
  nowMs,
  isRunning,
}: {
  readonly execution: LiveExecution;
  readonly nowMs: number;
  readonly isRunning: boolean;
}) {
  const { described, machine, steps, events, fold } = execution;
  const { view, stepId, eventId, iterations } = useSelection();
  const startedMs = new Date(described?.startDate ?? 0).getTime();
  const endedMs =
    described?.stopDate === undefined ? undefined : new Date(described.stopDate).getTime();
  if (view === 'table') {
    return (
      <StepsTable
        steps={steps}
        startedMs={startedMs}
        endedMs={endedMs}
        nowMs={nowMs}
        selectedStepId={stepId}
        onSelect={selectStep}
      />
    );
  }
  if (view === 'events') {
    return (
      <EventsList
        events={events}
        fold={fold}
        startedMs={startedMs}
        selectedEventId={eventId}
        selectedStepId={stepId}
      />
    );
  }
  if (view === 'logs') return <LogPane execution={execution} />;
  if (machine?.graph === undefined) {
    return machine === undefined ? (
      <Spinner />
    ) : (
      <Alert type="info">
        {`${t('The definition cannot be drawn:')} ${machine.problems[0]?.message}`}
      </Alert>
    );
  }
  return (
    <GraphView
      graph={machine.graph}
      steps={steps}
      iterations={iterations}
      selected={steps.find(({ id }) => id === stepId)?.name}
      selectedStepId={stepId}
      nowMs={nowMs}
      isRunning={isRunning}
      onSelect={(_name, id) => selectStep(id)}
    />
  );
}
