import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useState } from 'react';
import type { Step } from '../../../../history/steps/step.ts';
import { t } from '../../app/strings.ts';
import { jsonFile, saveFile } from '../../parts/save-file.ts';
import type { LiveExecution } from './use-execution.ts';

type DialogName = 'new' | 'again' | 'stop' | 'redrive' | 'fork';

// A dialog loads when it is opened.
const ForkDialog = lazy(async () => ({ default: (await import('./fork-dialog.tsx')).ForkDialog }));
const StartDialog = lazy(async () => ({
  default: (await import('./start-dialog.tsx')).StartDialog,
}));
const StopDialog = lazy(async () => ({ default: (await import('./stop-dialog.tsx')).StopDialog }));

/** What can be done with an execution. */
export function ExecutionActions({
  execution,
  step,
}: {
  readonly execution: LiveExecution;
  readonly step: Step | undefined;
}) {
  const [shown, show] = useState<DialogName>();
  const { described } = execution;
  if (described === undefined) return null;
  const isRunning = described.status === 'RUNNING';
  const close = () => show(undefined);
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        <Button disabled={!isRunning} onClick={() => show('stop')}>
          {t('Stop')}
        </Button>
        <Button disabled={described.redriveStatus !== 'REDRIVABLE'} onClick={() => show('redrive')}>
          {t('Redrive')}
        </Button>
        <ButtonDropdown
          items={[
            { id: 'again', text: `${t('Run again')}…` },
            {
              id: 'fork',
              text: `${t('Fork from here')}…`,
              disabled: step === undefined,
              disabledReason: t('Select a step first'),
            },
            { id: 'export', text: t('Export history as JSON') },
          ]}
          onItemClick={({ detail }) => {
            if (detail.id === 'export') exportHistory(execution);
            else show(detail.id === 'again' ? 'again' : 'fork');
          }}
        >
          {t('More')}
        </ButtonDropdown>
        <Button variant="primary" onClick={() => show('new')}>
          {t('New execution')}
        </Button>
      </SpaceBetween>
      <Suspense fallback={null}>
        {(shown === 'new' || shown === 'again') && (
          <StartDialog
            machineArn={described.stateMachineArn ?? ''}
            input={described.input ?? '{}'}
            original={shown === 'again' ? described.name : undefined}
            onClose={close}
          />
        )}
        {(shown === 'stop' || shown === 'redrive') && (
          <StopDialog kind={shown} executionArn={described.executionArn ?? ''} onClose={close} />
        )}
        {shown === 'fork' && step !== undefined && (
          <ForkDialog execution={execution} step={step} onClose={close} />
        )}
      </Suspense>
    </>
  );
}

/** Saves the history in the shape of GetExecutionHistory. */
function exportHistory({ described, events }: LiveExecution): void {
  saveFile(
    `${described?.name ?? 'execution'}.json`,
    jsonFile([JSON.stringify({ events }, null, 2)]),
  );
}
