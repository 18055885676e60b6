import Box from '@cloudscape-design/components/box';
import Table from '@cloudscape-design/components/table';
import { durationText } from '../../../../core/duration-text.ts';
import { quantile } from '../../../../history/steps/statistics.ts';
import { t } from '../../app/strings.ts';
import { shortTimeText } from '../../parts/format.ts';
import { type Invocation, invocationsIn, type OwnLine } from './invocations.ts';

const SHOWN = 20;

/** The invocations that a function's log tells of, with how long they took. */
export function InvocationsTable({ lines }: { readonly lines: readonly OwnLine[] }) {
  const all = invocationsIn(lines);
  if (all.length === 0) return <Box color="text-body-secondary">{t('No invocations')}</Box>;
  const durations = all.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b);
  return (
    <>
      <Box color="text-body-secondary">
        {t('{count} invocations, p50 {p50}, p95 {p95}', {
          count: all.length,
          p50: durationText(quantile(durations, 0.5) ?? 0),
          p95: durationText(quantile(durations, 0.95) ?? 0),
        })}
      </Box>
      <Table
        variant="embedded"
        items={all.slice(0, SHOWN)}
        trackBy="requestId"
        ariaLabels={{ tableLabel: t('Invocations') }}
        columnDefinitions={COLUMNS}
      />
    </>
  );
}

const COLUMNS = [
  {
    id: 'ended',
    header: `${t('Ended')} (UTC)`,
    isRowHeader: true,
    cell: ({ endedMs }: Invocation) => shortTimeText(endedMs),
  },
  {
    id: 'duration',
    header: t('Duration'),
    cell: ({ durationMs }: Invocation) => durationText(durationMs),
  },
  {
    id: 'init',
    header: t('Cold start'),
    cell: ({ initMs }: Invocation) => (initMs === undefined ? '–' : durationText(initMs)),
  },
  {
    id: 'memory',
    header: t('Memory'),
    cell: ({ usedMb }: Invocation) => (usedMb === undefined ? '–' : `${usedMb} MB`),
  },
];
