import type { HistoryEvent } from '@aws-sdk/client-sfn';
import Checkbox from '@cloudscape-design/components/checkbox';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useCallback, useMemo } from 'react';
import { jsonText } from '../../../../core/exact-json/exact-number.ts';
import { detailsOf, resourceOf } from '../../../../history/steps/event-facts.ts';
import type { StepFold } from '../../../../history/steps/fold-steps.ts';
import type { Step } from '../../../../history/steps/step.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { readJson, spanText, timeText } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { VirtualRows } from '../../parts/virtual-rows.tsx';
import { findEvents, isFailure } from './find-events.ts';
import { selectEvent } from './selection.ts';

const COLUMNS = ['ID', 'Type', 'Step', 'Resource', 'Started after', 'Timestamp'] as const;

/** The events of an execution. */
export interface EventsListProps {
  readonly events: readonly HistoryEvent[];
  readonly fold: StepFold;
  readonly startedMs: number;
  readonly selectedEventId: number | undefined;
  readonly selectedStepId: number | undefined;
}

/** All events, as GetExecutionHistory has them: filtered by text, a regular expression or failures alone. */
export function EventsList({
  events,
  fold,
  startedMs,
  selectedEventId,
  selectedStepId,
}: EventsListProps) {
  const { query } = usePlace();
  const text = query.get('find') ?? '';
  const onlyFailed = query.has('failed');
  const isReversed = query.get('order') === 'desc';
  const found = useMemo(
    () =>
      findEvents(
        events,
        { text, onlyFailed, isReversed },
        (event) => stepOf(event, fold)?.name ?? '',
      ),
    [events, fold, text, onlyFailed, isReversed],
  );
  const shown = selectedEventId ?? selectedStepId;
  // AWS counts the events of an execution from 1 on, without a gap.
  const selected = shown === undefined ? undefined : events[shown - 1];
  const render = useCallback(
    (event: HistoryEvent) => (
      <Cells event={event} step={stepOf(event, fold)?.name ?? ''} startedMs={startedMs} />
    ),
    [fold, startedMs],
  );
  return (
    <>
      <div className="filters">
        <TextFilter
          filteringText={text}
          filteringPlaceholder={t('Find in type, step and details; /regular expression/')}
          filteringAriaLabel={t('Find events')}
          countText={t('{count} of {all}', { count: found.length, all: events.length })}
          onChange={({ detail }) => setQuery({ find: detail.filteringText }, false)}
        />
        <Checkbox
          checked={onlyFailed}
          onChange={({ detail }) => setQuery({ failed: detail.checked ? '1' : undefined })}
        >
          {t('Failed only')}
        </Checkbox>
        <SegmentedControl
          label={t('Order')}
          selectedId={isReversed ? 'desc' : 'asc'}
          onChange={({ detail }) =>
            setQuery({ order: detail.selectedId === 'desc' ? 'desc' : undefined })
          }
          options={[
            { id: 'asc', text: t('Oldest first') },
            { id: 'desc', text: t('Newest first') },
          ]}
        />
      </div>
      <VirtualRows
        label={t('Events')}
        className="events"
        rows={found}
        rowHeight={32}
        maxHeight={selected === undefined ? 620 : 380}
        keyOf={keyOf}
        selectedKey={shown === undefined ? undefined : String(shown)}
        onSelect={(event) => selectEvent(event.id ?? 0, stepOf(event, fold)?.id)}
        header={COLUMNS.map((title) => (
          <div
            role="columnheader"
            className={title === 'Resource' ? 'cell spare' : 'cell'}
            key={title}
          >
            {t(title)}
          </div>
        ))}
        render={render}
      />
      {selected !== undefined && (
        <div className="event-detail">
          <JsonView label={`${t('Event')} ${selected.id}`} text={jsonText(unfolded(selected))} />
        </div>
      )}
    </>
  );
}

function Cells({
  event,
  step,
  startedMs,
}: {
  readonly event: HistoryEvent;
  readonly step: string;
  readonly startedMs: number;
}) {
  const { id, type, timestamp = 0 } = event;
  const atMs = new Date(timestamp).getTime();
  return (
    <>
      <div role="gridcell" className="cell number">
        {id}
      </div>
      <div role="gridcell" className={`cell${isFailure(event) ? ' bad' : ''}`}>
        {type}
      </div>
      <div role="gridcell" className="cell">
        {step}
      </div>
      <div role="gridcell" className="cell spare">
        {resourceOf(detailsOf(event))}
      </div>
      <div role="gridcell" className="cell number">
        {spanText(startedMs, atMs, atMs)}
      </div>
      <div role="gridcell" className="cell number">
        {timeText(atMs)}
      </div>
    </>
  );
}

/** The step that an event belongs to; those of the execution itself have none. */
function stepOf({ id = 0, type }: HistoryEvent, fold: StepFold): Step | undefined {
  return type?.startsWith('Execution') === true ? undefined : fold.stepOf(id);
}

/** Payloads are texts inside the event: here they are read as the JSON that they are. */
function unfolded(value: object): object {
  return Array.isArray(value)
    ? value.map(member)
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, member(one)]));
}

function member(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) return unfolded(value);
  if (typeof value !== 'string' || !/^[[{"]/.test(value)) return value;
  return readJson(value) ?? value;
}

function keyOf({ id }: HistoryEvent): string {
  return String(id);
}
