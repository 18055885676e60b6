import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { durationText } from '../../../../core/duration-text.ts';
import type { MachineGraph } from '../../../graph/machine-graph.ts';
import type { MachineView } from '../../../server/machine-view.ts';
import { ask, callAws } from '../../api/call.ts';
import { allMachines } from '../../api/machines.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useExecutions } from '../../api/use-executions.ts';
import { useSample } from '../../api/use-sample.ts';
import { followLink, hrefOf } from '../../app/location.ts';
import { t } from '../../app/strings.ts';
import { Answered } from '../../parts/answered.tsx';
import { CodeEditor } from '../../parts/code-editor.tsx';
import { prettyJson } from '../../parts/format.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { GraphView } from '../execution/graph-view.tsx';
import { StartDialog } from '../execution/start-dialog.tsx';
import { readStatistics } from './read-statistics.ts';
import { Versions } from './versions.tsx';

/** A workflow: its definition as text and graph side by side, and statistics of its states. */
export function WorkflowPage({ name }: { readonly name: string }) {
  const answer = useAnswer(`workflow ${name}`, () => viewOf(name));
  return (
    <Answered answer={answer} size="large">
      {(machine) => <KnownWorkflow name={name} machine={machine} />}
    </Answered>
  );
}

function KnownWorkflow({
  name,
  machine,
}: {
  readonly name: string;
  readonly machine: MachineView;
}) {
  const [isStarting, setStarting] = useState(false);
  const { rows } = useExecutions();
  const own = rows.filter(({ machineArn }) => machineArn === machine.machineArn);
  return (
    <PageFrame
      title={name}
      description={
        <Link
          href={`${hrefOf('/executions')}?where=${encodeURIComponent(`workflow=${name}`)}`}
          onFollow={followLink}
        >
          {t('{count} executions', { count: own.length })}
        </Link>
      }
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button href={hrefOf('/definitions', { a: machine.machineArn })} onFollow={followLink}>
            {t('Compare definitions')}
          </Button>
          <Button variant="primary" onClick={() => setStarting(true)}>
            {t('New execution')}
          </Button>
        </SpaceBetween>
      }
    >
      <DefinitionView machine={machine} />
      <Versions machineArn={machine.machineArn} />
      <Statistics arns={own.slice(0, 50).map(({ arn }) => arn)} />
      {isStarting && (
        <StartWithSample
          machineArn={machine.machineArn}
          latest={own[0]?.arn}
          onClose={() => setStarting(false)}
        />
      )}
    </PageFrame>
  );
}

/** The input begins as the contract's sample, else as that of the latest execution: one that the workflow takes. */
function StartWithSample({
  machineArn,
  latest,
  onClose,
}: {
  readonly machineArn: string;
  readonly latest: string | undefined;
  readonly onClose: () => void;
}) {
  const sampled = useSample({ stateMachineArn: machineArn });
  const { sample } = sampled.value ?? {};
  const isWithout = !sampled.isLoading && sample === undefined;
  const { value, isLoading } = useAnswer(isWithout ? latest : undefined, () =>
    callAws<{ input?: string }>('states', 'DescribeExecution', { executionArn: latest }),
  );
  if (sampled.isLoading || isLoading) return null;
  return (
    <StartDialog
      machineArn={machineArn}
      input={sample?.text ?? value?.input ?? '{}'}
      origin={sample?.path}
      onClose={onClose}
    />
  );
}

function DefinitionView({ machine }: { readonly machine: MachineView }) {
  const [text, setText] = useState(() => prettyJson(machine.definition));
  const { value: edited } = useAnswer(text, () =>
    ask<Pick<MachineView, 'graph' | 'problems'>>('graph', { definition: text }),
  );
  const [shown, setShown] = useState<MachineGraph | undefined>(machine.graph);
  const graph = edited?.graph ?? shown;
  if (edited?.graph !== undefined && edited.graph !== shown) setShown(edited.graph);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t('Edit the text to see what would change; nothing is saved.')}
        >
          {t('Definition')}
        </Header>
      }
    >
      <ColumnLayout columns={2}>
        <SpaceBetween size="s">
          {(edited?.problems ?? []).map(({ path, message }) => (
            <Alert
              key={`${path} ${message}`}
              type="error"
            >{`${placeIn(text, path)}${path}: ${message}`}</Alert>
          ))}
          <div className="tall">
            <CodeEditor label={t('Definition')} value={text} onChange={setText} />
          </div>
        </SpaceBetween>
        {graph === undefined ? (
          <Alert>{t('There is nothing to draw yet.')}</Alert>
        ) : (
          <GraphView
            graph={graph}
            steps={[]}
            iterations={new Map()}
            selected={undefined}
            selectedStepId={undefined}
            nowMs={0}
            isRunning={false}
            onSelect={(state) => showState(state)}
          />
        )}
      </ColumnLayout>
    </Container>
  );
}

/** Scrolls the text to where a state is defined. */
function showState(name: string): void {
  const lines = document.querySelectorAll('.tall .cm-line');
  const found = [...lines].find(
    (line) => line.textContent?.trim().startsWith(`${JSON.stringify(name)}:`) === true,
  );
  found?.scrollIntoView({ block: 'center' });
}

/** The line of the last name of a path, as `line 12, `. */
function placeIn(text: string, path: string): string {
  const name =
    path
      .split('.')
      .at(-1)
      ?.replace(/\[\d+\]$/, '') ?? '';
  const line = text.split('\n').findIndex((one) => name !== '' && one.includes(`"${name}"`));
  return line < 0 ? '' : `${t('line {line}', { line: line + 1 })}, `;
}

function Statistics({ arns }: { readonly arns: readonly string[] }) {
  const { value, isLoading } = useAnswer(arns.length === 0 ? undefined : arns.join(' '), () =>
    readStatistics(arns),
  );
  return (
    <Table
      header={
        <Header
          variant="h2"
          description={t('Of the last {count} executions', { count: arns.length })}
        >
          {t('States')}
        </Header>
      }
      items={value ?? []}
      trackBy="name"
      loading={isLoading && arns.length > 0}
      loadingText={t('Reading their histories')}
      ariaLabels={{ tableLabel: t('Statistics of the states') }}
      empty={t('No executions yet')}
      columnDefinitions={[
        { id: 'name', header: t('Name'), isRowHeader: true, cell: ({ name }) => name },
        { id: 'count', header: t('Visits'), cell: ({ count }) => count },
        {
          id: 'p50',
          header: 'p50',
          cell: ({ p50Ms }) => (p50Ms === undefined ? '–' : durationText(p50Ms)),
        },
        {
          id: 'p95',
          header: 'p95',
          cell: ({ p95Ms }) => (p95Ms === undefined ? '–' : durationText(p95Ms)),
        },
        { id: 'retries', header: t('Retries'), cell: ({ retries }) => retries },
        {
          id: 'failures',
          header: t('Failure rate'),
          cell: ({ failures, count }) => `${Math.round((failures / count) * 100)} %`,
        },
      ]}
    />
  );
}

async function viewOf(name: string): Promise<MachineView> {
  const found = (await allMachines()).find((one) => one.name === name);
  if (found === undefined) throw new Error(t('There is no workflow {name}', { name }));
  return ask<MachineView>('machine', { stateMachineArn: found.stateMachineArn });
}
