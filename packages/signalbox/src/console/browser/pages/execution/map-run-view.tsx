import type { DescribeMapRunOutput, ListExecutionsOutput } from '@aws-sdk/client-sfn';
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { callAws } from '../../api/call.ts';
import { useLiveAnswer } from '../../api/use-live-answer.ts';
import { setQuery, usePlace } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { ExecutionStatusBadge } from '../../parts/status.tsx';
import { ChildView } from './child-view.tsx';

/** What went wrong comes first. */
const GROUPS = [
  { status: 'FAILED', label: t('Failed') },
  { status: 'TIMED_OUT', label: t('Timed out') },
  { status: 'ABORTED', label: t('Aborted') },
  { status: 'RUNNING', label: t('Running') },
  { status: 'SUCCEEDED', label: t('Succeeded') },
] as const;

/** Enough to choose from; the list of executions has all. */
const LISTED = 200;

interface MapRun {
  readonly run: Partial<DescribeMapRunOutput>;
  readonly groups: readonly Group[];
}

interface Group {
  readonly status: string;
  readonly label: string;
  readonly children: readonly { readonly arn: string; readonly name: string }[];
}

/** A Map Run in place: its counts, and its child executions by how they ended. */
export function MapRunView({ mapRunArn }: { readonly mapRunArn: string }) {
  const answer = useLiveAnswer(`map run ${mapRunArn}`, () => readMapRun(mapRunArn));
  return (
    <Answered answer={answer}>
      {({ run, groups }) => (
        <SpaceBetween size="s">
          <Counts run={run} />
          <Children groups={groups} />
        </SpaceBetween>
      )}
    </Answered>
  );
}

function Counts({ run }: Pick<MapRun, 'run'>) {
  const { itemCounts: items, executionCounts: executions, status = '' } = run;
  const texts = [
    ['Items', items?.total],
    ['Succeeded', items?.succeeded],
    ['Failed', items?.failed],
    ['Aborted', items?.aborted],
    ['Results written', items?.resultsWritten],
    ['Executions', executions?.total],
    ['Tolerated failures', run.toleratedFailureCount],
    ['At once', run.maxConcurrency === 0 ? undefined : run.maxConcurrency],
  ] as const;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: t('Status'), value: <ExecutionStatusBadge status={status} /> },
        ...texts.flatMap(([label, value]) =>
          value === undefined ? [] : [{ label: t(label), value: String(value) }],
        ),
      ]}
    />
  );
}

function Children({ groups }: Pick<MapRun, 'groups'>) {
  const { query } = usePlace();
  const all = groups.flatMap(({ children }) => children);
  const chosen = all.find(({ arn }) => arn === query.get('child')) ?? all[0];
  if (chosen === undefined) {
    return <Box color="text-body-secondary">{t('No child execution has begun.')}</Box>;
  }
  return (
    <>
      <Select
        ariaLabel={t('Child execution')}
        filteringType="auto"
        filteringAriaLabel={t('Find')}
        virtualScroll={all.length > 100}
        selectedOption={{ value: chosen.arn, label: chosen.name }}
        options={groups.map(({ label, children }) => ({
          label: `${label} (${children.length}${children.length === LISTED ? '+' : ''})`,
          options: children.map(({ arn, name }) => ({ value: arn, label: name })),
        }))}
        onChange={({ detail }) => setQuery({ child: detail.selectedOption.value })}
      />
      <ChildView key={chosen.arn} arn={chosen.arn} />
    </>
  );
}

async function readMapRun(mapRunArn: string): Promise<MapRun> {
  const [run, ...groups] = await Promise.all([
    callAws<Partial<DescribeMapRunOutput>>('states', 'DescribeMapRun', { mapRunArn }),
    ...GROUPS.map((group) => readGroup(mapRunArn, group)),
  ]);
  return { run, groups: groups.filter(({ children }) => children.length > 0) };
}

async function readGroup(
  mapRunArn: string,
  { status, label }: (typeof GROUPS)[number],
): Promise<Group> {
  const asked = { mapRunArn, statusFilter: status, maxResults: LISTED };
  const { executions = [] } = await callAws<Partial<ListExecutionsOutput>>(
    'states',
    'ListExecutions',
    asked,
  );
  const children = executions.map(({ executionArn: arn = '', name = '' }) => ({ arn, name }));
  return { status, label, children };
}
