import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useState } from 'react';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { goTo, hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { fittingRows, type SelectionKind } from './do-with-all.ts';

// A dialog loads when it is opened.
const ChangeDialog = lazy(async () => ({
  default: (await import('./selection-dialog.tsx')).ChangeDialog,
}));
const AgainDialog = lazy(async () => ({
  default: (await import('./selection-dialog.tsx')).AgainDialog,
}));
const ExportDialog = lazy(async () => ({
  default: (await import('./export-dialog.tsx')).ExportDialog,
}));

/** What can be done with the executions that are chosen in the list. */
export function SelectionActions({
  selected,
  onDone,
}: {
  readonly selected: readonly ExecutionRow[];
  readonly onDone: () => void;
}) {
  const [said, say] = useState<string>();
  // What was chosen when the dialog opened: the list goes on.
  const [asked, ask] = useState<{
    readonly kind: SelectionKind | 'export';
    readonly rows: readonly ExecutionRow[];
  }>();
  const open = (kind: SelectionKind | 'export') => {
    say(undefined);
    ask({ kind, rows: selected });
  };
  const isFitting = (kind: SelectionKind | 'export') => fittingRows(kind, selected).length > 0;
  const common = {
    rows: asked?.rows ?? [],
    onClose: () => ask(undefined),
    onDone: (text: string) => {
      say(text);
      onDone();
    },
  };
  const [one, other] = selected;
  return (
    <>
      <SpaceBetween direction="horizontal" size="xs">
        {said !== undefined && (
          <Box color="text-body-secondary">
            <span role="status">{said}</span>
          </Box>
        )}
        <Button disabled={!isFitting('stop')} onClick={() => open('stop')}>
          {t('Stop')}
        </Button>
        <Button disabled={!isFitting('redrive')} onClick={() => open('redrive')}>
          {t('Redrive')}
        </Button>
        <Button disabled={!isFitting('again')} onClick={() => open('again')}>
          {t('Run again')}
        </Button>
        <Button
          disabled={selected.length !== 2}
          onClick={() => goTo(hrefOf('/compare', { a: one?.arn, b: other?.arn }))}
        >
          {t('Compare')}
        </Button>
        <Button disabled={!isFitting('export')} onClick={() => open('export')}>
          {t('Export')}
        </Button>
      </SpaceBetween>
      <Suspense fallback={null}>
        {(asked?.kind === 'stop' || asked?.kind === 'redrive') && (
          <ChangeDialog kind={asked.kind} {...common} />
        )}
        {asked?.kind === 'again' && <AgainDialog {...common} />}
        {asked?.kind === 'export' && <ExportDialog {...common} />}
      </Suspense>
    </>
  );
}
