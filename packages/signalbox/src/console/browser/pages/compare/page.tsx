import Alert from '@cloudscape-design/components/alert';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Spinner from '@cloudscape-design/components/spinner';
import Table from '@cloudscape-design/components/table';
import { pairSteps } from '../../../../history/steps/pair-steps.ts';
import { followLink, hrefOf, usePlace } from '../../app/location.ts';
import { placeNow } from '../../app/place-time.ts';
import { t } from '../../app/strings.ts';
import { spanText } from '../../parts/format.ts';
import { JsonDiff } from '../../parts/json-diff.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { ExecutionStatusBadge, StepStatusBadge } from '../../parts/status.tsx';
import { type LiveExecution, useExecution } from '../execution/use-execution.ts';

/** Two executions side by side: path, times, input and output. */
export function ComparePage() {
  const { query } = usePlace();
  const a = useExecution(query.get('a') ?? '');
  const b = useExecution(query.get('b') ?? '');
  const error = a.error ?? b.error;
  if (error !== undefined) return <Alert type="error">{error}</Alert>;
  if (a.described === undefined || b.described === undefined) return <Spinner size="large" />;
  return (
    <PageFrame title={t('Compare')}>
      <ColumnLayout columns={2}>
        <Title execution={a} />
        <Title execution={b} />
      </ColumnLayout>
      <Container header={<Header variant="h2">{t('Input')}</Header>}>
        <JsonDiff before={a.described.input} after={b.described.input} />
      </Container>
      <Container header={<Header variant="h2">{t('Output')}</Header>}>
        <JsonDiff before={a.described.output} after={b.described.output} />
      </Container>
      <Steps a={a} b={b} />
    </PageFrame>
  );
}

function Title({ execution }: { readonly execution: LiveExecution }) {
  const { described } = execution;
  return (
    <Container>
      <Link href={hrefOf(`/executions/${described?.executionArn}`)} onFollow={followLink}>
        {described?.name}
      </Link>{' '}
      <ExecutionStatusBadge status={described?.status ?? ''} />
    </Container>
  );
}

function Steps({ a, b }: { readonly a: LiveExecution; readonly b: LiveExecution }) {
  const pairs = pairSteps(a.steps, b.steps);
  return (
    <Table
      header={<Header variant="h2">{t('Path')}</Header>}
      items={pairs.map((pair, at) => ({ ...pair, key: String(at) }))}
      trackBy="key"
      ariaLabels={{ tableLabel: t('Path') }}
      columnDefinitions={[
        {
          id: 'name',
          header: t('Step'),
          isRowHeader: true,
          cell: ({ name, a: one, b: other }) =>
            one === undefined || other === undefined ? <mark>{name}</mark> : name,
        },
        ...(['a', 'b'] as const).flatMap((side) => [
          {
            id: side,
            header: side.toUpperCase(),
            cell: (pair: (typeof pairs)[number]) =>
              pair[side] === undefined ? '–' : <StepStatusBadge status={pair[side].status} />,
          },
          {
            id: `${side}-time`,
            header: t('Duration'),
            cell: (pair: (typeof pairs)[number]) =>
              pair[side] === undefined
                ? ''
                : spanText(pair[side].enteredMs, pair[side].exitedMs, placeNow()),
          },
        ]),
        {
          id: 'input',
          header: t('Input differs'),
          cell: ({ a: one, b: other }) =>
            one !== undefined && other !== undefined && one.input !== other.input ? t('yes') : '',
        },
      ]}
    />
  );
}
