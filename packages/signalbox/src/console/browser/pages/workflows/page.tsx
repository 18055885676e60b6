import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { allMachines } from '../../api/machines.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useExecutions } from '../../api/use-executions.ts';
import { followLink, hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';

/** All workflows, with the numbers of their executions. */
export function WorkflowsPage() {
  const { value, error, isLoading } = useAnswer('machines', allMachines, 10_000);
  const { rows } = useExecutions();
  if (error !== undefined) return <Alert type="error">{error.message}</Alert>;
  const machines = (value ?? []).map(({ name = '', type = '', stateMachineArn = '' }) => {
    const own = rows.filter(({ machineArn }) => machineArn === stateMachineArn);
    const count = (...statuses: readonly string[]) =>
      own.filter(({ status }) => statuses.includes(status)).length;
    return {
      name,
      type: String(type),
      all: own.length,
      running: count('RUNNING'),
      failed: count('FAILED', 'TIMED_OUT'),
    };
  });
  return (
    <Table
      variant="full-page"
      header={<Header variant="h1">{t('Workflows')}</Header>}
      items={machines}
      trackBy="name"
      loading={isLoading}
      loadingText={t('Listing')}
      ariaLabels={{ tableLabel: t('Workflows') }}
      columnDefinitions={[
        {
          id: 'name',
          header: t('Name'),
          isRowHeader: true,
          cell: ({ name }) => (
            <Link href={hrefOf(`/workflows/${name}`)} onFollow={followLink}>
              {name}
            </Link>
          ),
        },
        {
          id: 'type',
          header: t('Type'),
          cell: ({ type }) => (type === 'EXPRESS' ? t('Express') : t('Standard')),
        },
        { id: 'all', header: t('Executions'), cell: ({ all }) => all },
        { id: 'running', header: t('Running'), cell: ({ running }) => running },
        { id: 'failed', header: t('Failed'), cell: ({ failed }) => failed },
      ]}
    />
  );
}
