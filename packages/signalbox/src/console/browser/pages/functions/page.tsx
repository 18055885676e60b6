import type { FunctionConfiguration, ListFunctionsCommandOutput } from '@aws-sdk/client-lambda';
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { allPages } from '../../../../core/all-pages.ts';
import { callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { usePanel } from '../../app/panel.tsx';
import { t } from '../../app/strings.ts';
import { FunctionPanel } from './function-panel.tsx';

/** All functions, and of one its configuration and its log, live. */
export function FunctionsPage() {
  const { query } = usePlace();
  const { value, error, isLoading } = useAnswer('functions', allFunctions, 30_000);
  const find = (query.get('find') ?? '').toLowerCase();
  const found = (value ?? []).filter(({ FunctionName = '' }) =>
    FunctionName.toLowerCase().includes(find),
  );
  const selected = value?.find(({ FunctionName }) => FunctionName === query.get('name'));
  usePanel(
    selected === undefined ? undefined : (
      <FunctionPanel key={selected.FunctionName} configuration={selected} />
    ),
    selected?.FunctionName,
  );
  if (error !== undefined) return <Alert type="error">{error.message}</Alert>;
  return (
    <Table
      variant="full-page"
      header={
        <Header variant="h1" counter={`(${value?.length ?? 0})`}>
          {t('Functions')}
        </Header>
      }
      filter={
        <TextFilter
          filteringText={query.get('find') ?? ''}
          filteringPlaceholder={t('Find by name')}
          filteringAriaLabel={t('Find functions')}
          onChange={({ detail }) => setQuery({ find: detail.filteringText }, false)}
        />
      }
      items={found}
      trackBy="FunctionName"
      loading={isLoading}
      loadingText={t('Listing')}
      selectionType="single"
      selectedItems={selected === undefined ? [] : [selected]}
      onSelectionChange={({ detail }) => setQuery({ name: detail.selectedItems[0]?.FunctionName })}
      onRowClick={({ detail }) => setQuery({ name: detail.item.FunctionName })}
      ariaLabels={{
        tableLabel: t('Functions'),
        selectionGroupLabel: t('Selected function'),
        itemSelectionLabel: (_, item) => t('Select {name}', { name: item.FunctionName ?? '' }),
      }}
      columnDefinitions={[
        {
          id: 'name',
          header: t('Name'),
          isRowHeader: true,
          cell: ({ FunctionName }) => FunctionName,
        },
        { id: 'runtime', header: t('Runtime'), cell: ({ Runtime }) => Runtime },
        { id: 'memory', header: t('Memory'), cell: ({ MemorySize }) => `${MemorySize} MB` },
        { id: 'timeout', header: t('Timeout'), cell: ({ Timeout }) => `${Timeout} s` },
      ]}
    />
  );
}

function allFunctions(): Promise<readonly FunctionConfiguration[]> {
  return allPages(
    (Marker) => callAws<Partial<ListFunctionsCommandOutput>>('lambda', 'ListFunctions', { Marker }),
    ({ Functions, NextMarker }) => ({ items: Functions, next: NextMarker }),
  );
}
