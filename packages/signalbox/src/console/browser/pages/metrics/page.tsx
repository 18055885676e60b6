import type {
  DescribeAlarmHistoryCommandOutput,
  DescribeAlarmsCommandOutput,
  ListMetricsCommandOutput,
  Metric,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { MetricPlots } from './metric-plots.tsx';

/** Metrics as plots, and alarms with their history. */
export function MetricsPage() {
  const { query } = usePlace();
  const { value, error } = useAnswer('metrics', allMetrics, 20_000);
  const namespaces = [...new Set((value ?? []).map(({ Namespace = '' }) => Namespace))].sort();
  const chosen =
    query.get('namespace') ??
    namespaces.find((name) => name === 'AWS/States') ??
    namespaces[0] ??
    '';
  const shown = (value ?? []).filter(({ Namespace }) => Namespace === chosen);
  return (
    <PageFrame title={t('Metrics and alarms')} error={error?.message}>
      <Alarms />
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <Select
                ariaLabel={t('Namespace')}
                selectedOption={{ value: chosen, label: chosen }}
                options={namespaces.map((name) => ({ value: name, label: name }))}
                onChange={({ detail }) => setQuery({ namespace: detail.selectedOption.value })}
              />
            }
          >
            {t('Metrics')}
          </Header>
        }
      >
        {shown.length === 0 ? (
          <Box color="text-body-secondary">{t('No metrics yet.')}</Box>
        ) : (
          <MetricPlots metrics={shown} />
        )}
      </Container>
    </PageFrame>
  );
}

async function allMetrics(): Promise<readonly Metric[]> {
  const all: Metric[] = [];
  let NextToken: string | undefined;
  do {
    const page = await callAws<Partial<ListMetricsCommandOutput>>('monitoring', 'ListMetrics', {
      NextToken,
    });
    all.push(...(page.Metrics ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return all;
}

function Alarms() {
  const { value, error, isLoading } = useAnswer(
    'alarms',
    () => callAws<Partial<DescribeAlarmsCommandOutput>>('monitoring', 'DescribeAlarms'),
    5_000,
  );
  const types = { OK: 'success', ALARM: 'error', INSUFFICIENT_DATA: 'pending' } as const;
  if (error !== undefined) return <Alert type="error">{error.message}</Alert>;
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${value?.MetricAlarms?.length ?? 0})`}>
          {t('Alarms')}
        </Header>
      }
      items={value?.MetricAlarms ?? []}
      trackBy="AlarmName"
      loading={isLoading}
      loadingText={t('Listing')}
      ariaLabels={{ tableLabel: t('Alarms') }}
      empty={t('No alarms')}
      columnDefinitions={[
        {
          id: 'name',
          header: t('Name'),
          isRowHeader: true,
          cell: (alarm) => <AlarmName alarm={alarm} />,
        },
        {
          id: 'state',
          header: t('Status'),
          cell: ({ StateValue = 'INSUFFICIENT_DATA' }) => (
            <StatusIndicator type={types[StateValue]}>{wordOf(StateValue)}</StatusIndicator>
          ),
        },
        {
          id: 'metric',
          header: t('Metric'),
          cell: ({ MetricName, Namespace }) =>
            MetricName === undefined ? t('Metric math') : `${Namespace} ${MetricName}`,
        },
        { id: 'reason', header: t('Reason'), cell: ({ StateReason }) => StateReason },
      ]}
    />
  );
}

function wordOf(state: string): string {
  return { OK: 'OK', ALARM: 'In alarm' }[state] ?? 'Insufficient data';
}

function AlarmName({ alarm }: { readonly alarm: MetricAlarm }) {
  const { AlarmName: name = '', AlarmDescription } = alarm;
  return (
    <ExpandableSection headerText={name}>
      <Box>{AlarmDescription}</Box>
      <AlarmHistory name={name} />
      <JsonView label={name} text={JSON.stringify(alarm)} />
    </ExpandableSection>
  );
}

function AlarmHistory({ name }: { readonly name: string }) {
  const { value } = useAnswer(`alarm ${name}`, () =>
    callAws<Partial<DescribeAlarmHistoryCommandOutput>>('monitoring', 'DescribeAlarmHistory', {
      AlarmName: name,
      MaxRecords: 20,
    }),
  );
  return (
    <ul className="plain-list">
      {(value?.AlarmHistoryItems ?? []).map(({ Timestamp, HistorySummary }) => (
        <li key={`${String(Timestamp)} ${HistorySummary}`}>
          <span className="quiet">{String(Timestamp).slice(0, 19).replace('T', ' ')}</span>{' '}
          {HistorySummary}
        </li>
      ))}
    </ul>
  );
}
