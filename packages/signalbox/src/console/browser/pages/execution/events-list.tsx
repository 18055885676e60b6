import type { HistoryEvent } from '@aws-sdk/client-sfn';
import Checkbox from '@cloudscape-design/components/checkbox';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useMemo } from 'react';
import { detailsOf, resourceOf } from '../../../../history/steps/event-facts.ts';
import type { StepFold } from '../../../../history/steps/fold-steps.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { spanText, timeText } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { VirtualRows } from '../../parts/virtual-rows.tsx';
import { selectEvent } from './selection.ts';

/** The events of an execution. */
export interface EventsListProps {
  readonly events: readonly HistoryEvent[];
  readonly fold: StepFold;
  readonly startedMs: number;
  readonly selectedEventId: number | undefined;
  readonly selectedStepId: number | undefined;
}

interface EventRow {
  readonly id: number;
  readonly type: string;
  readonly step: string;
  readonly stepId: number | undefined;
  readonly resource: string;
  readonly atMs: number;
  readonly event: HistoryEvent;
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
  const rows = useMemo(() => events.map((event) => rowOf(event, fold)), [events, fold]);
  const found = useMemo(() => {
    const test = matcher(text);
    const some = rows.filter((row) => (!onlyFailed || isFailure(row)) && test(row));
    return isReversed ? some.reverse() : some;
  }, [rows, text, onlyFailed, isReversed]);
  const shown = selectedEventId ?? selectedStepId;
  const selected = rows.find(({ id }) => id === shown);
  return (
    <>
      <div className="filters">
        <TextFilter
          filteringText={text}
          filteringPlaceholder={t('Find in type, step and details; /regular expression/')}
          filteringAriaLabel={t('Find events')}
          countText={`${found.length} of ${rows.length}`}
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
        keyOf={({ id }) => String(id)}
        selectedKey={shown === undefined ? undefined : String(shown)}
        onSelect={({ id, stepId }) => selectEvent(id, stepId)}
        header={['ID', 'Type', 'Step', 'Resource', 'Started after', 'Timestamp'].map((title) => (
          <div role="columnheader" className="cell" key={title}>
            {t(title)}
          </div>
        ))}
        render={(row) => <Cells row={row} startedMs={startedMs} />}
      />
      {selected !== undefined && (
        <div className="event-detail">
          <JsonView
            label={`${t('Event')} ${selected.id}`}
            text={JSON.stringify(unfolded(selected.event))}
          />
        </div>
      )}
    </>
  );
}

function Cells({ row, startedMs }: { readonly row: EventRow; readonly startedMs: number }) {
  const { id, type, step, resource, atMs } = row;
  return (
    <>
      <div role="gridcell" className="cell number">
        {id}
      </div>
      <div role="gridcell" className={`cell${isFailure(row) ? ' bad' : ''}`}>
        {type}
      </div>
      <div role="gridcell" className="cell">
        {step}
      </div>
      <div role="gridcell" className="cell">
        {resource}
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

function rowOf(event: HistoryEvent, fold: StepFold): EventRow {
  const { id = 0, type = '', timestamp } = event;
  const step = type.startsWith('Execution') ? undefined : fold.stepOf(id);
  return {
    ...{ id, type, event, stepId: step?.id, step: step?.name ?? '' },
    resource: resourceOf(detailsOf(event)) ?? '',
    atMs: timestamp === undefined ? 0 : new Date(timestamp).getTime(),
  };
}

/** `/…/` is a regular expression, anything else a text that must stand in the event. */
function matcher(text: string): (row: EventRow) => boolean {
  if (text === '') return () => true;
  const pattern = /^\/(.+)\/$/.exec(text)?.[1];
  const expression = pattern === undefined ? undefined : expressionOf(pattern);
  const lower = text.toLowerCase();
  return ({ type, step, event }) => {
    const whole = `${type} ${step} ${JSON.stringify(event)}`;
    return expression === undefined ? whole.toLowerCase().includes(lower) : expression.test(whole);
  };
}

function expressionOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}

function isFailure({ type }: EventRow): boolean {
  return /(Failed|TimedOut|Aborted)$/.test(type);
}

/** Payloads are texts inside the event: here they are read as the JSON that they are. */
function unfolded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unfolded);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unfolded(one)]));
  }
  if (typeof value !== 'string' || !/^[[{"]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
