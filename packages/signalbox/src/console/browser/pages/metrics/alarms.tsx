import type { DescribeAlarmsCommandOutput } from '@aws-sdk/client-cloudwatch';
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { allPages } from '../../../../core/all-pages.ts';
import { callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import type { Alarm } from './alarm.ts';
import { AlarmDetail } from './alarm-detail.tsx';

const PAGE = 15;
/** The order in which a person wants to see them, and how each is shown. */
const STATES = {
  ALARM: { type: 'error', word: t('In alarm') },
  INSUFFICIENT_DATA: { type: 'pending', word: t('Insufficient data') },
  OK: { type: 'success', word: 'OK' },
} as const;
const ORDER = Object.keys(STATES);

/** All alarms, those that are in alarm first. */
export function Alarms() {
  const { value = [], error, isLoading } = useAnswer('alarms', allAlarms, 5_000);
  const { query } = usePlace();
  const find = query.get('alarm') ?? '';
  const found = value.filter(({ AlarmName = '' }) =>
    AlarmName.toLowerCase().includes(find.toLowerCase()),
  );
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(pages, Math.max(1, Number(query.get('alarms')) || 1));
  if (error !== undefined) return <Alert type="error">{error.message}</Alert>;
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${value.length})`}>
          {t('Alarms')}
        </Header>
      }
      wrapLines
      cellVerticalAlign="top"
      items={found.slice((page - 1) * PAGE, page * PAGE)}
      trackBy="AlarmName"
      loading={isLoading}
      loadingText={t('Listing')}
      ariaLabels={{ tableLabel: t('Alarms') }}
      empty={t('No alarms')}
      columnDefinitions={COLUMNS}
      filter={
        <TextFilter
          filteringText={find}
          filteringPlaceholder={t('Find by name')}
          filteringAriaLabel={t('Find by name')}
          onChange={({ detail }) =>
            setQuery({ alarm: detail.filteringText, alarms: undefined }, false)
          }
        />
      }
      pagination={
        pages > 1 && (
          <Pagination
            currentPageIndex={page}
            pagesCount={pages}
            onChange={({ detail }) => setQuery({ alarms: String(detail.currentPageIndex) })}
          />
        )
      }
    />
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<Alarm>[] = [
  {
    id: 'name',
    header: t('Name'),
    isRowHeader: true,
    minWidth: 260,
    cell: (alarm) => <AlarmDetail alarm={alarm} />,
  },
  {
    id: 'state',
    header: t('Status'),
    minWidth: 130,
    cell: ({ StateValue = 'INSUFFICIENT_DATA' }) => {
      const { type, word } = STATES[StateValue];
      return <StatusIndicator type={type}>{word}</StatusIndicator>;
    },
  },
  { id: 'metric', header: t('Metric'), minWidth: 180, cell: metricText },
  { id: 'reason', header: t('Reason'), minWidth: 220, cell: ({ StateReason }) => StateReason },
];

function metricText({ MetricName, Namespace, AlarmRule }: Alarm): string {
  if (AlarmRule !== undefined) return AlarmRule;
  return MetricName === undefined ? t('Metric math') : `${Namespace} ${MetricName}`;
}

async function allAlarms(): Promise<readonly Alarm[]> {
  const all = await allPages(
    (NextToken) =>
      callAws<Partial<DescribeAlarmsCommandOutput>>('monitoring', 'DescribeAlarms', {
        ...{ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100, NextToken },
      }),
    ({ MetricAlarms = [], CompositeAlarms = [], NextToken }) => ({
      items: [...MetricAlarms, ...CompositeAlarms],
      next: NextToken,
    }),
  );
  return all.toSorted(
    (a, b) => ORDER.indexOf(a.StateValue ?? '') - ORDER.indexOf(b.StateValue ?? ''),
  );
}
