import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useMemo, useState } from 'react';
import type { EventRecord } from '../../../../bus/delivery.ts';
import { askRehearsal } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { usePanel } from '../../app/panel.tsx';
import { useSurroundings } from '../../app/place-context.tsx';
import { t } from '../../app/strings.ts';
import { timeText } from '../../parts/format.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { VirtualRows } from '../../parts/virtual-rows.tsx';
import { EventPanel } from './event-panel.tsx';
import { outcomeOf } from './outcome.ts';
import { PatternDialog } from './pattern-dialog.tsx';
import { SendDialog } from './send-dialog.tsx';

/** Where no event has come yet. */
const SAMPLE = { source: 'my.app', 'detail-type': 'SomethingHappened', detail: {} };

const COLUMNS = ['Timestamp', 'Event', 'Source', 'Bus', 'Rules', 'Outcome'] as const;

/** What an event's panel says too, and may be left out beside it. */
const SPARE: ReadonlySet<string> = new Set(['Source', 'Bus']);

/** Every event on every bus, and what became of it. */
export function EventsPage() {
  const { kind, region } = useSurroundings();
  const { query } = usePlace();
  const [isSending, setSending] = useState(false);
  const [isTesting, setTesting] = useState(false);
  const answer = useAnswer(
    kind === 'rehearsal' ? 'events' : undefined,
    () => askRehearsal<{ events: readonly EventRecord[] }>(`/_signalbox/events?region=${region}`),
    1_500,
  );
  const records = useMemo(() => [...(answer.value?.events ?? [])].reverse(), [answer.value]);
  const wished = query.toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query is its text
  const found = useMemo(() => records.filter((record) => fits(record, query)), [records, wished]);
  const selected = records.find(({ event }) => event.id === query.get('event'));
  usePanel(
    selected === undefined ? undefined : <EventPanel key={keyOf(selected)} record={selected} />,
    selected?.event.id,
  );
  return (
    <PageFrame
      title={t('Events')}
      counter={String(records.length)}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={() => setTesting(true)}>{t('Test a pattern…')}</Button>
          <Button onClick={() => setSending(true)}>{t('Send an event…')}</Button>
        </SpaceBetween>
      }
      error={answer.error?.message}
    >
      {kind === 'account' && (
        <Alert>
          {t(
            'AWS keeps no log of events that can be read here. Rules can be tried with an event, and events sent.',
          )}
        </Alert>
      )}
      {kind === 'rehearsal' && <EventRows found={found} selected={selected} />}
      {isSending && <SendDialog onClose={() => setSending(false)} />}
      {isTesting && (
        <PatternDialog event={records[0]?.event ?? SAMPLE} onClose={() => setTesting(false)} />
      )}
    </PageFrame>
  );
}

function EventRows({
  found,
  selected,
}: {
  readonly found: readonly EventRecord[];
  readonly selected: EventRecord | undefined;
}) {
  const { query } = usePlace();
  return (
    <>
      <div className="filters">
        <TextFilter
          filteringText={query.get('find') ?? ''}
          filteringPlaceholder={t('Find in type, source, bus, rules and detail')}
          filteringAriaLabel={t('Find events')}
          countText={t('{count} found', { count: found.length })}
          onChange={({ detail }) => setQuery({ find: detail.filteringText }, false)}
        />
      </div>
      {found.length === 0 ? (
        <Box color="text-body-secondary">{t('No events.')}</Box>
      ) : (
        <VirtualRows
          label={t('Events')}
          className="bus-events"
          rows={found}
          rowHeight={32}
          maxHeight={640}
          keyOf={keyOf}
          selectedKey={selected === undefined ? undefined : keyOf(selected)}
          onSelect={({ event }) => setQuery({ event: event.id })}
          header={COLUMNS.map((title) => (
            <div
              role="columnheader"
              className={SPARE.has(title) ? 'cell spare' : 'cell'}
              key={title}
            >
              {t(title)}
            </div>
          ))}
          render={(record) => <Cells record={record} />}
        />
      )}
    </>
  );
}

function Cells({ record }: { readonly record: EventRecord }) {
  const { event, eventBusName, ingestionTime, matchedRules } = record;
  const outcome = outcomeOf(record);
  return (
    <>
      <div role="gridcell" className="cell number">
        {timeText(new Date(ingestionTime).getTime())}
      </div>
      <div role="gridcell" className="cell strong">
        {event['detail-type']}
      </div>
      <div role="gridcell" className="cell spare">
        {event.source}
      </div>
      <div role="gridcell" className="cell spare">
        {eventBusName}
      </div>
      <div role="gridcell" className="cell">
        {matchedRules.map(({ name }) => name).join(', ') || '–'}
      </div>
      <div role="gridcell" className="cell">
        <StatusIndicator type={outcome.type}>{outcome.text}</StatusIndicator>
      </div>
    </>
  );
}

function fits(record: EventRecord, query: URLSearchParams): boolean {
  const { event, eventBusName, matchedRules } = record;
  const bus = query.get('bus');
  const rule = query.get('rule');
  if (bus !== null && bus !== eventBusName) return false;
  if (rule !== null && !matchedRules.some(({ name }) => name === rule)) return false;
  const find = (query.get('find') ?? '').toLowerCase();
  if (find === '') return true;
  const rules = matchedRules.map(({ name }) => name).join(' ');
  return `${eventBusName} ${rules} ${outcomeOf(record).text} ${JSON.stringify(event)}`
    .toLowerCase()
    .includes(find);
}

/** A forwarded event has the same id on each bus. */
function keyOf({ event, eventBusName }: EventRecord): string {
  return `${eventBusName}/${event.id}`;
}
