import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { jsonText } from '../../../../core/exact-json/exact-number.ts';
import { isJsonObject } from '../../../../core/json.ts';
import type { TriedPattern } from '../../../server/event-rules.ts';
import { ask } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { t } from '../../app/strings.ts';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { CommandLines } from '../../parts/command-lines.tsx';
import { oneLine, readJson } from '../../parts/format.ts';
import { shellWord } from '../../parts/terminal-line.ts';
import { WhyNotLine } from './why-not.tsx';

/** An event and a pattern that may be edited, and what the one says of the other while they are. */
export function PatternDialog({
  event: given,
  onClose,
}: {
  readonly event: object;
  readonly onClose: () => void;
}) {
  const [event, setEvent] = useState(() => jsonText(given, 2));
  const [pattern, setPattern] = useState(() => patternOf(given));
  const read = readJson(event);
  const isEvent = isJsonObject(read);
  const tried = useAnswer(isEvent ? `pattern ${pattern} ${event}` : undefined, () =>
    ask<TriedPattern>('pattern', { pattern, event: read }),
  );
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      header={t('Test a pattern')}
      closeAriaLabel={t('Close')}
    >
      <SpaceBetween size="m">
        <FormField label={t('Pattern')} stretch>
          <CodeEditor label={t('Pattern')} value={pattern} onChange={setPattern} />
        </FormField>
        <div role="status">{tried.value !== undefined && <Verdict tried={tried.value} />}</div>
        <FormField
          label={t('Event')}
          errorText={isEvent ? undefined : t('This is no JSON object')}
          stretch
        >
          <CodeEditor label={t('Event')} value={event} onChange={setEvent} />
        </FormField>
        <CommandLines lines={linesFor(pattern, event)} />
      </SpaceBetween>
    </Modal>
  );
}

function Verdict({ tried: { matches, why, problem } }: { readonly tried: TriedPattern }) {
  if (problem !== undefined) return <StatusIndicator type="error">{problem}</StatusIndicator>;
  if (matches) return <StatusIndicator type="success">{t('The event matches')}</StatusIndicator>;
  return (
    <>
      <StatusIndicator type="stopped">{t('The event does not match')}</StatusIndicator>
      {why !== undefined && <WhyNotLine why={why} />}
    </>
  );
}

/** A pattern that takes the event, to be narrowed. */
function patternOf(event: object): string {
  const known = ['source', 'detail-type'].flatMap((name) => {
    const value: unknown = Reflect.get(event, name);
    return typeof value === 'string' ? [[name, [value]]] : [];
  });
  return JSON.stringify(Object.fromEntries(known), null, 2);
}

function linesFor(pattern: string, event: string): readonly string[] {
  const [patternWord, eventWord] = [shellWord(oneLine(pattern)), shellWord(oneLine(event))];
  return [
    `aws events test-event-pattern --event-pattern ${patternWord} --event ${eventWord}`,
    `npx signalbox event test-pattern ${eventWord} --pattern ${patternWord}`,
  ];
}
