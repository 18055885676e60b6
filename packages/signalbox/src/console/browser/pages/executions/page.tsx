import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';
import { conditionTexts, deepConditionsIn } from '../../../search/conditions.ts';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { useDeepSearch } from '../../api/use-deep-search.ts';
import { useExecutions } from '../../api/use-executions.ts';
import { followLink, goTo, hrefOf, setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { nameOfArn, shortTimeText, spanText } from '../../parts/format.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { ExecutionStatusBadge } from '../../parts/status.tsx';
import { useNow } from '../../parts/use-now.ts';
import { Filters, StatusChips } from './filters.tsx';
import { findRows } from './find-rows.ts';
import { SelectionActions } from './selection-actions.tsx';

const PAGE = 50;

/** The executions of all workflows, live, with filters that the URL holds. */
export function ExecutionsPage() {
  const { rows, isListed, isConnected, error } = useExecutions();
  const { query } = usePlace();
  const [selectedArns, select] = useState<ReadonlySet<string>>(new Set());
  const sorting = sortingOf(query);
  const search = useDeepSearch(conditionTexts(deepConditionsIn(query)));
  const { found, sorted } = useFound(rows, search.found);
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const nowMs = useNow(rows.some(({ status }) => status === 'RUNNING'));
  const columns = useMemo(() => columnsOf(nowMs), [nowMs]);
  const selected = useMemo(
    () => (selectedArns.size === 0 ? [] : rows.filter(({ arn }) => selectedArns.has(arn))),
    [rows, selectedArns],
  );
  return (
    <PageFrame
      title={t('Executions')}
      counter={`${rows.length}${isListed ? '' : '+'}`}
      actions={<SelectionActions selected={selected} onDone={() => select(new Set())} />}
      error={error ?? search.error}
    >
      {!isConnected && <Alert type="warning">{t('Connection lost')}</Alert>}
      <StatusChips rows={rows} />
      {!search.isOver && (
        <StatusIndicator type="loading">
          {t('{count} executions looked into', { count: search.looked })}
        </StatusIndicator>
      )}
      <Table
        variant="container"
        stickyHeader
        items={sorted.slice((page - 1) * PAGE, page * PAGE)}
        trackBy="arn"
        columnDefinitions={columns}
        selectionType="multi"
        selectedItems={selected}
        onSelectionChange={({ detail }) =>
          select(new Set(detail.selectedItems.map(({ arn }) => arn)))
        }
        ariaLabels={{
          selectionGroupLabel: t('Selected executions'),
          allItemsSelectionLabel: () => t('Select all of this page'),
          itemSelectionLabel: (_, { name }) => t('Select {name}', { name }),
          tableLabel: t('Executions'),
        }}
        sortingColumn={{ sortingField: sorting.column }}
        sortingDescending={sorting.isDescending}
        onSortingChange={({ detail }) =>
          setQuery({
            sort: detail.sortingColumn.sortingField,
            order: detail.isDescending ? 'desc' : 'asc',
          })
        }
        filter={<Filters rows={rows} count={found.length} />}
        pagination={
          <Pagination
            currentPageIndex={page}
            pagesCount={Math.max(1, Math.ceil(found.length / PAGE))}
            onChange={({ detail }) => setQuery({ page: String(detail.currentPageIndex) })}
            ariaLabels={{
              nextPageLabel: t('Next page'),
              previousPageLabel: t('Previous page'),
              pageLabel: (number) => t('Page {number}', { number }),
            }}
          />
        }
        loading={!isListed && rows.length === 0}
        loadingText={t('Listing')}
        onRowClick={({ detail }) => goTo(hrefOf(`/executions/${detail.item.arn}`))}
        empty={<Box textAlign="center">{t('No executions')}</Box>}
      />
    </PageFrame>
  );
}

/** The rows that the URL asks for, in its order. */
function useFound(rows: readonly ExecutionRow[], deep: ReadonlySet<string> | undefined) {
  const { query } = usePlace();
  const wished = query.toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query is its text
  return useMemo(() => {
    const { column, isDescending } = sortingOf(query);
    const fitting = findRows(rows, query);
    const found = deep === undefined ? fitting : fitting.filter(({ arn }) => deep.has(arn));
    return { found, sorted: sortRows(found, column, isDescending) };
  }, [rows, wished, deep]);
}

function columnsOf(nowMs: number): readonly TableProps.ColumnDefinition<ExecutionRow>[] {
  return [
    {
      id: 'name',
      header: t('Name'),
      sortingField: 'name',
      isRowHeader: true,
      minWidth: 180,
      cell: ({ arn, name }) => (
        <Link href={hrefOf(`/executions/${arn}`)} onFollow={followLink}>
          {name}
        </Link>
      ),
    },
    {
      id: 'machine',
      header: t('Workflow'),
      sortingField: 'machineArn',
      cell: ({ machineArn }) => nameOfArn(machineArn),
    },
    {
      id: 'status',
      header: t('Status'),
      sortingField: 'status',
      cell: ({ status }) => <ExecutionStatusBadge status={status} />,
    },
    {
      id: 'started',
      header: `${t('Started')} (UTC)`,
      sortingField: 'startedMs',
      cell: ({ startedMs }) => shortTimeText(startedMs),
    },
    {
      id: 'duration',
      header: t('Duration'),
      sortingField: 'duration',
      cell: ({ startedMs, stoppedMs }) => spanText(startedMs, stoppedMs, nowMs),
    },
  ];
}

function sortingOf(query: URLSearchParams) {
  return { column: query.get('sort') ?? 'startedMs', isDescending: query.get('order') !== 'asc' };
}

function sortRows(
  rows: readonly ExecutionRow[],
  column: string,
  isDescending: boolean,
): readonly ExecutionRow[] {
  // They come newest first.
  if (column === 'startedMs' && isDescending) return rows;
  const sortValue = (row: ExecutionRow): string | number => {
    if (column === 'duration') return (row.stoppedMs ?? Number.POSITIVE_INFINITY) - row.startedMs;
    if (column === 'startedMs') return row.startedMs;
    return column === 'name' ? row.name : column === 'status' ? row.status : row.machineArn;
  };
  const sorted = rows
    .map((row) => ({ row, value: sortValue(row) }))
    .sort((a, b) => (a.value < b.value ? -1 : Number(a.value > b.value)));
  const found = sorted.map(({ row }) => row);
  return isDescending ? found.reverse() : found;
}
