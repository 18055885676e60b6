import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import SplitPanel from '@cloudscape-design/components/split-panel';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { BusEvent } from '../../../../bus/bus-event.ts';
import type { Delivery, EventRecord } from '../../../../bus/delivery.ts';
import { jsonText } from '../../../../core/exact-json/exact-number.ts';
import type { TriedRule } from '../../../server/event-rules.ts';
import { ask } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { followLink, hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { nameOfArn, timeText } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { outcomeOf } from './outcome.ts';
import { PatternDialog } from './pattern-dialog.tsx';
import { SendDialog } from './send-dialog.tsx';
import { TriedRules } from './tried-rules.tsx';
import { useExactEvent } from './use-exact-event.ts';

/** An event with its rules, deliveries and executions. */
export function EventPanel({ record }: { readonly record: EventRecord }) {
  const { eventBusName, ingestionTime, deliveries, unmatched, archives } = record;
  const event = useExactEvent(record);
  const [isSending, setSending] = useState(false);
  const [isTesting, setTesting] = useState(false);
  const outcome = outcomeOf(record);
  return (
    <SplitPanel header={event['detail-type']} hidePreferencesButton i18nStrings={PANEL_TEXTS}>
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={2}
          items={[
            {
              label: t('Status'),
              value: <StatusIndicator type={outcome.type}>{outcome.text}</StatusIndicator>,
            },
            { label: t('Bus'), value: eventBusName },
            { label: t('Source'), value: event.source },
            { label: t('Taken at'), value: timeText(new Date(ingestionTime).getTime()) },
            { label: t('Id'), value: event.id },
            { label: t('Archives'), value: archives.length === 0 ? '–' : archives.join(', ') },
          ]}
        />
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="send" onClick={() => setSending(true)}>
            {t('Edit and send again…')}
          </Button>
          <Button onClick={() => setTesting(true)}>{t('Test a pattern…')}</Button>
        </SpaceBetween>
        {unmatched !== undefined && (
          <Box>
            <StatusIndicator type="warning">{unmatched.reason}</StatusIndicator>
          </Box>
        )}
        {deliveries.length > 0 && <Box variant="h3">{t('Deliveries')}</Box>}
        {deliveries.map((delivery) => (
          <DeliveryView key={`${delivery.ruleName} ${delivery.targetId}`} delivery={delivery} />
        ))}
        <Rules event={event} eventBusName={eventBusName} />
        <ExpandableSection headerText={t('Event')} defaultExpanded>
          <JsonView label={t('Event')} text={jsonText(event)} />
        </ExpandableSection>
      </SpaceBetween>
      {isSending && (
        <SendDialog event={event} bus={eventBusName} onClose={() => setSending(false)} />
      )}
      {isTesting && <PatternDialog event={event} onClose={() => setTesting(false)} />}
    </SplitPanel>
  );
}

const PANEL_TEXTS = {
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
};

function DeliveryView({ delivery }: { readonly delivery: Delivery }) {
  const { ruleName, targetArn, body, attempts, result } = delivery;
  const type = {
    delivered: 'success',
    'dead-lettered': 'error',
    dropped: 'error',
    'under-way': 'pending',
  } as const;
  const failed = attempts.filter(({ error }) => error !== undefined);
  return (
    <div className="delivery">
      <StatusIndicator
        type={type[result.kind]}
      >{`${ruleName} → ${nameOfArn(targetArn)}`}</StatusIndicator>
      <div className="quiet">{t('{count} attempts', { count: attempts.length })}</div>
      {result.kind === 'delivered' && result.executionArn !== undefined && (
        <Link href={hrefOf(`/executions/${result.executionArn}`)} onFollow={followLink}>
          {`${t('Execution')} ${result.executionArn.split(':').at(-1)}`}
        </Link>
      )}
      {'errorMessage' in result && (
        <div className="bad">{`${result.errorCode}: ${result.errorMessage}`}</div>
      )}
      {result.kind === 'dead-lettered' && (
        <div>{t('In the queue {name}', { name: nameOfArn(result.queueArn) })}</div>
      )}
      {failed.map(({ at, error }) => (
        <div
          className="quiet"
          key={at}
        >{`${timeText(new Date(at).getTime())} ${error?.name}: ${error?.message}`}</div>
      ))}
      <ExpandableSection headerText={t('What the target received')}>
        <JsonView label={t('Body for {name}', { name: nameOfArn(targetArn) })} text={body} />
      </ExpandableSection>
    </div>
  );
}

/** All rules of the bus, the nearest first: matched, or the first field that did not fit. */
function Rules({
  event,
  eventBusName,
}: {
  readonly event: BusEvent;
  readonly eventBusName: string;
}) {
  const answer = useAnswer(`rules ${eventBusName} ${event.id}`, () =>
    ask<{ rules: readonly TriedRule[] }>('rules', { bus: eventBusName, event }),
  );
  return <Answered answer={answer}>{({ rules }) => <TriedRules rules={rules} />}</Answered>;
}
