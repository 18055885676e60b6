import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import type { PlatformMap } from '../../../server/platform-map.ts';
import { ask } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useExecutions } from '../../api/use-executions.ts';
import { followLink, hrefOf } from '../../app/location.ts';
import { useSurroundings } from '../../app/place-context.tsx';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { nameOfArn, shortTimeText } from '../../parts/format.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { ExecutionStatusBadge } from '../../parts/status.tsx';
import { StatusChips } from '../executions/filters.tsx';
import { MapPicture, type WorkflowCounts } from './map-picture.tsx';

/** The map of the platform with live counts, and what failed last. */
export function HomePage() {
  const { title } = useSurroundings();
  const { rows, error } = useExecutions();
  const map = useAnswer('map', () => ask<PlatformMap>('map'), 30_000);
  const failed = rows
    .filter(({ status }) => status === 'FAILED' || status === 'TIMED_OUT')
    .slice(0, 8);
  return (
    <PageFrame title={title} error={error}>
      <Chips rows={rows} />
      <Container header={<Header variant="h2">{t('Map')}</Header>}>
        <Answered answer={map}>
          {(value) => <MapPicture map={value} counts={countsOf(rows)} />}
        </Answered>
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <Link
                href={hrefOf('/executions', { status: 'FAILED,TIMED_OUT' })}
                onFollow={followLink}
              >
                {t('All that failed')}
              </Link>
            }
          >
            {t('Failed last')}
          </Header>
        }
      >
        {failed.length === 0 ? t('Nothing failed.') : <FailedList rows={failed} />}
      </Container>
    </PageFrame>
  );
}

/** The chips of the list lead there from here. */
function Chips({ rows }: { readonly rows: readonly ExecutionRow[] }) {
  return (
    <div
      onClickCapture={(event) => {
        const chip = event.target instanceof Element ? event.target.closest('.chip') : null;
        const status =
          STATUS_ORDER[[...(chip?.parentElement?.children ?? [])].indexOf(chip as Element)];
        if (status === undefined) return;
        event.stopPropagation();
        followLink({ preventDefault() {}, detail: { href: hrefOf('/executions', { status }) } });
      }}
    >
      <StatusChips rows={rows} />
    </div>
  );
}

const STATUS_ORDER = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

function FailedList({ rows }: { readonly rows: readonly ExecutionRow[] }) {
  return (
    <ul className="plain-list">
      {rows.map(({ arn, name, machineArn, status, startedMs }) => (
        <li key={arn}>
          <ExecutionStatusBadge status={status} />
          <Link href={hrefOf(`/executions/${arn}`)} onFollow={followLink}>
            {nameOfArn(machineArn)}
          </Link>
          <span className="quiet">
            {name} · {shortTimeText(startedMs)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function countsOf(rows: readonly ExecutionRow[]): ReadonlyMap<string, WorkflowCounts> {
  const counts = new Map<string, WorkflowCounts>();
  for (const { machineArn, status } of rows) {
    const name = nameOfArn(machineArn);
    const known = counts.get(name) ?? { all: 0, running: 0, failed: 0 };
    counts.set(name, {
      all: known.all + 1,
      running: known.running + Number(status === 'RUNNING'),
      failed: known.failed + Number(status === 'FAILED' || status === 'TIMED_OUT'),
    });
  }
  return counts;
}
