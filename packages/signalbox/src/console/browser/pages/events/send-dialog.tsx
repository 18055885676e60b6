import type {
  EventBus,
  ListEventBusesCommandOutput,
  PutEventsCommandOutput,
} from '@aws-sdk/client-eventbridge';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { BusEvent } from '../../../../bus/bus-event.ts';
import { allPages } from '../../../../core/all-pages.ts';
import { jsonText } from '../../../../core/exact-json/exact-number.ts';
import { isJsonObject } from '../../../../core/json.ts';
import type { TriedRule } from '../../../server/event-rules.ts';
import { ask, callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { goTo, hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { oneLine, readJson } from '../../parts/format.ts';
import { shellWord } from '../../parts/terminal-line.ts';
import { TriedRules } from './tried-rules.tsx';

/** Sends an event, a new one or another again; says before which rules it would match. */
export function SendDialog({
  event,
  bus: given = 'default',
  onClose,
}: {
  readonly event?: BusEvent;
  readonly bus?: string;
  readonly onClose: () => void;
}) {
  const [bus, setBus] = useState(given);
  const [source, setSource] = useState(event?.source ?? '');
  const [type, setType] = useState(event?.['detail-type'] ?? '');
  const [detail, setDetail] = useState(() => jsonText(event?.detail ?? {}, 2));
  const buses = useAnswer('buses', allBuses);
  const parsed = readJson(detail);
  const isReady = source !== '' && type !== '' && isJsonObject(parsed);
  const tried = useAnswer(isReady ? `try ${bus} ${source} ${type} ${detail}` : undefined, () =>
    ask<{ rules: readonly TriedRule[] }>('rules', {
      bus,
      event: { ...event, source, 'detail-type': type, detail: parsed },
    }),
  );
  const entry = {
    EventBusName: bus,
    Source: source,
    DetailType: type,
    Detail: oneLine(detail),
  };
  const send = async () => {
    const { Entries = [] } = await callAws<Partial<PutEventsCommandOutput>>('events', 'PutEvents', {
      Entries: [entry],
    });
    const [answer] = Entries;
    if (answer?.ErrorCode !== undefined)
      throw new Error(`${answer.ErrorCode}: ${answer.ErrorMessage}`);
    goTo(hrefOf('/events', { event: answer?.EventId }));
  };
  const options = (buses.value ?? []).map(({ Name = '' }) => ({
    value: Name,
    label: Name,
  }));
  return (
    <Dialog
      title={t('Send an event')}
      actionLabel={t('Send')}
      isReady={isReady}
      act={send}
      commands={linesFor(entry)}
      onClose={onClose}
      size="large"
    >
      <FormField label={t('Bus')}>
        <Select
          selectedOption={{ value: bus, label: bus }}
          options={options}
          onChange={({ detail: { selectedOption } }) => setBus(selectedOption.value ?? 'default')}
        />
      </FormField>
      <FormField label={t('Source')}>
        <Input value={source} onChange={({ detail: { value } }) => setSource(value)} />
      </FormField>
      <FormField label={t('Detail type')}>
        <Input value={type} onChange={({ detail: { value } }) => setType(value)} />
      </FormField>
      <FormField
        label={t('Detail')}
        errorText={parsed === undefined ? t('This is no JSON') : undefined}
        stretch
      >
        <CodeEditor label={t('Detail')} value={detail} onChange={setDetail} />
      </FormField>
      {tried.value !== undefined && <TriedRules rules={tried.value.rules} />}
    </Dialog>
  );
}

function allBuses(): Promise<readonly EventBus[]> {
  return allPages(
    (NextToken) =>
      callAws<Partial<ListEventBusesCommandOutput>>('events', 'ListEventBuses', { NextToken }),
    ({ EventBuses, NextToken }) => ({ items: EventBuses, next: NextToken }),
  );
}

function linesFor(entry: object): readonly string[] {
  const entries = shellWord(JSON.stringify([entry]));
  return [`aws events put-events --entries ${entries}`, `npx signalbox event put ${entries}`];
}
