import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import Tabs from '@cloudscape-design/components/tabs';
import { followLink, hrefOf, setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { nameOfArn, spanText, timeText } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { ExecutionStatusBadge } from '../../parts/status.tsx';
import { Descendants } from './descendants.tsx';
import { originOf } from './lineage.ts';
import type { Described, LiveExecution } from './use-execution.ts';

/** Details, input and output, and definition, as the console of AWS has them. */
export function Summary({
  execution,
  nowMs,
}: {
  readonly execution: LiveExecution;
  readonly nowMs: number;
}) {
  const { described, machine } = execution;
  const { query } = usePlace();
  if (described === undefined) return null;
  return (
    <Container disableContentPaddings>
      <Tabs
        ariaLabel={t('Execution')}
        activeTabId={query.get('about') ?? 'details'}
        onChange={({ detail }) => setQuery({ about: detail.activeTabId })}
        tabs={[
          {
            id: 'details',
            label: t('Details'),
            content: (
              <>
                <Details execution={execution} described={described} nowMs={nowMs} />
                <Descendants executionArn={described.executionArn ?? ''} />
              </>
            ),
          },
          {
            id: 'input-output',
            label: t('Input and output'),
            content: (
              <div className="padded">
                <ColumnLayout columns={2}>
                  <Titled title={t('Input')} text={described.input} />
                  <Titled title={t('Output')} text={described.output} />
                </ColumnLayout>
              </div>
            ),
          },
          {
            id: 'definition',
            label: t('Definition'),
            content: (
              <div className="padded">
                <Link
                  href={hrefOf('/definitions', {
                    a: described.executionArn,
                    b: described.stateMachineArn,
                  })}
                  onFollow={followLink}
                >
                  {t('Compare with today')}
                </Link>
                <JsonView label={t('Definition')} text={machine?.definition} />
              </div>
            ),
          },
        ]}
      />
    </Container>
  );
}

function Titled({ title, text }: { readonly title: string; readonly text: string | undefined }) {
  return (
    <div>
      <Box variant="awsui-key-label">{title}</Box>
      <JsonView label={title} text={text} />
    </div>
  );
}

function Details({
  execution,
  described,
  nowMs,
}: {
  readonly execution: LiveExecution;
  readonly described: Described;
  readonly nowMs: number;
}) {
  const { startDate = '', stopDate, stateMachineArn = '', executionArn = '' } = described;
  const startedMs = new Date(startDate).getTime();
  const stoppedMs = stopDate === undefined ? undefined : new Date(stopDate).getTime();
  const origin = originOf(described);
  const machine = nameOfArn(stateMachineArn);
  return (
    <div className="padded">
      <KeyValuePairs
        columns={4}
        items={[
          { label: t('Status'), value: <ExecutionStatusBadge status={described.status ?? ''} /> },
          {
            label: t('Workflow'),
            value: (
              <Link href={hrefOf(`/workflows/${machine}`)} onFollow={followLink}>
                {machine}
              </Link>
            ),
          },
          { label: t('Started'), value: timeText(startedMs) },
          { label: t('Duration'), value: spanText(startedMs, stoppedMs, nowMs) },
          {
            label: t('Events'),
            value: t('{count} of at most 25,000', { count: execution.events.length }),
          },
          { label: t('State transitions'), value: String(execution.steps.length) },
          { label: t('Redrives'), value: String(described.redriveCount ?? 0) },
          {
            label: origin?.label ?? t('Started by'),
            value:
              origin?.href === undefined ? (
                (origin?.text ?? t('Somebody from outside'))
              ) : (
                <Link href={origin.href} onFollow={followLink}>
                  {origin.text}
                </Link>
              ),
          },
        ]}
      />
      <div className="arn">
        <CopyToClipboard
          variant="inline"
          textToCopy={executionArn}
          textToDisplay={executionArn}
          copyButtonAriaLabel={t('Copy the ARN')}
          copySuccessText={t('Copied')}
          copyErrorText={t('Not copied')}
        />
      </div>
    </div>
  );
}
