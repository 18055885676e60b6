import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import SplitPanel from '@cloudscape-design/components/split-panel';
import { useState } from 'react';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { nameOfArn } from '../../parts/format.ts';
import { JsonView } from '../../parts/json-view.tsx';
import { LogLines } from '../execution/log-lines.tsx';
import type { OwnLine } from './invocations.ts';
import { InvocationsTable } from './invocations-table.tsx';
import { InvokeDialog } from './invoke-dialog.tsx';
import { useFunctionLog } from './use-function-log.ts';

/** A function's configuration, its role, its invocations, and its log, live. */
export function FunctionPanel({
  configuration,
}: {
  readonly configuration: FunctionConfiguration;
}) {
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
          columns={2}
          items={[
            { label: t('Handler'), value: Handler },
            { label: t('Role'), value: nameOfArn(Role) },
            { label: t('Runtime'), value: configuration.Runtime ?? '–' },
            { label: t('Memory'), value: `${configuration.MemorySize} MB` },
            { label: t('Timeout'), value: `${configuration.Timeout} s` },
          ]}
        />
        <Box variant="h3">{t('Environment')}</Box>
        <JsonView label={t('Environment')} text={JSON.stringify(Environment?.Variables ?? {})} />
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

function FunctionLog({ group, name }: { readonly group: string; readonly name: string }) {
  const answer = useFunctionLog(group, name);
  return (
    <Answered answer={answer}>
      {(lines) => (
        <SpaceBetween size="m">
          <Box variant="h3">{t('Invocations')}</Box>
          <InvocationsTable lines={lines} />
          <Box variant="h3">{t('Logs')}</Box>
          <Lines lines={lines} />
        </SpaceBetween>
      )}
    </Answered>
  );
}

const SHOWN = 300;

function Lines({ lines }: { readonly lines: readonly OwnLine[] }) {
  if (lines.length === 0) {
    return <Box color="text-body-secondary">{t('It wrote nothing.')}</Box>;
  }
  return <LogLines lines={lines.slice(-SHOWN).map((line) => ({ ...line, source: '' }))} />;
}
