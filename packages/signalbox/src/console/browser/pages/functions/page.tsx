import type {
  FilteredLogEvent,
  FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { FunctionConfiguration, ListFunctionsCommandOutput } from '@aws-sdk/client-lambda';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import SplitPanel from '@cloudscape-design/components/split-panel';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';
import { callAws } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { usePanel } from '../../app/panel.tsx';
import { useSurroundings } from '../../app/place-context.tsx';
import { placeNow } from '../../app/place-time.ts';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { nameOfArn } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { LogLines } from '../execution/log-lines.tsx';
import { InvokeDialog } from './invoke-dialog.tsx';

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

async function allFunctions(): Promise<readonly FunctionConfiguration[]> {
  const all: FunctionConfiguration[] = [];
  let Marker: string | undefined;
  do {
    const page = await callAws<Partial<ListFunctionsCommandOutput>>('lambda', 'ListFunctions', {
      Marker,
    });
    all.push(...(page.Functions ?? []));
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return all;
}

function FunctionPanel({ configuration }: { readonly configuration: FunctionConfiguration }) {
  const { FunctionName = '', Role = '', Handler = '', Environment, LoggingConfig } = configuration;
  const [isInvoking, setInvoking] = useState(false);
  return (
    <SplitPanel
      header={FunctionName}
      hidePreferencesButton
      i18nStrings={{
        closeButtonAriaLabel: t('Close the panel'),
        openButtonAriaLabel: t('Open the panel'),
        resizeHandleAriaLabel: t('Resize the panel'),
      }}
    >
      <SpaceBetween size="m">
        <Button onClick={() => setInvoking(true)}>{t('Invoke…')}</Button>
        <KeyValuePairs
          columns={1}
          items={[
            { label: t('Handler'), value: Handler },
            { label: t('Role'), value: nameOfArn(Role) },
          ]}
        />
        <Box variant="h3">{t('Environment')}</Box>
        <JsonView label={t('Environment')} text={JSON.stringify(Environment?.Variables ?? {})} />
        <Box variant="h3">{t('Logs')}</Box>
        <FunctionLog
          group={LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`}
          name={FunctionName}
        />
      </SpaceBetween>
      {isInvoking && (
        <InvokeDialog functionName={FunctionName} onClose={() => setInvoking(false)} />
      )}
    </SplitPanel>
  );
}

const HOUR_MS = 3_600_000;

function FunctionLog({ group, name }: { readonly group: string; readonly name: string }) {
  const { kind } = useSurroundings();
  const answer = useAnswer(
    `log ${group} ${name}`,
    () =>
      callAws<Partial<FilterLogEventsCommandOutput>>('logs', 'FilterLogEvents', {
        logGroupName: group,
        // All that a rehearsal keeps, since its time is another one.
        ...(kind === 'account' ? { startTime: placeNow() - HOUR_MS } : {}),
      }),
    3_000,
  );
  return <Answered answer={answer}>{({ events = [] }) => ownLines(events, name)}</Answered>;
}

function ownLines(events: readonly FilteredLogEvent[], name: string) {
  // A group may hold the logs of several functions; the streams say whose they are.
  const own = events.filter(
    ({ logStreamName = '' }) =>
      !/\/[\w-]+\[/.test(logStreamName) || logStreamName.includes(`/${name}[`),
  );
  const lines = own.map(({ timestamp = 0, message = '', eventId = '' }) => ({
    key: eventId,
    atMs: timestamp,
    message,
    source: '',
  }));
  return lines.length === 0 ? (
    <Box color="text-body-secondary">{t('It wrote nothing.')}</Box>
  ) : (
    <LogLines lines={lines} />
  );
}
