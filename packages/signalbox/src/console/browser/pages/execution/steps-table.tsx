import { useMemo, useState } from 'react';
import type { Step } from '../../../../history/steps/step.ts';
import { type StepRow, stepRows } from '../../../../history/steps/step-rows.ts';
import { segmentsOf } from '../../../../history/steps/timeline.ts';
import { t } from '../../app/strings.ts';
import { spanText } from '../../parts/format.ts';
import { StepStatusBadge } from '../../parts/status.tsx';
import { VirtualRows } from '../../parts/virtual-rows.tsx';

/** The steps of an execution, and the time that they share. */
export interface StepsTableProps {
  readonly steps: readonly Step[];
  readonly startedMs: number;
  readonly endedMs: number | undefined;
  readonly nowMs: number;
  readonly selectedStepId: number | undefined;
  readonly onSelect: (stepId: number) => void;
}

/** A Map of many iterations begins closed, but for those that failed. */
const OPEN_ITERATIONS = 20;

/** The tree of steps with a timeline: runs, failed attempts in red, pauses between attempts in grey, waits. */
export function StepsTable(props: StepsTableProps) {
  const { steps, startedMs, endedMs, nowMs, selectedStepId, onSelect } = props;
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const usual = useMemo(() => usuallyOpen(steps, selectedStepId), [steps, selectedStepId]);
  const rows = useMemo(
    () => stepRows(steps, (key) => usual(key) !== toggled.has(key)),
    [steps, usual, toggled],
  );
  const toggle = (key: string) => {
    const next = new Set(toggled);
    if (!next.delete(key)) next.add(key);
    setToggled(next);
  };
  const scale = { fromMs: startedMs, spanMs: Math.max(1, (endedMs ?? nowMs) - startedMs), nowMs };
  return (
    <VirtualRows
      label={t('Table')}
      className="steps"
      rows={rows}
      rowHeight={34}
      keyOf={keyOf}
      selectedKey={selectedStepId === undefined ? undefined : `step/${selectedStepId}`}
      onSelect={(row) => (row.kind === 'step' ? onSelect(row.step.id) : toggle(row.key))}
      onOpen={(row) => toggle(row.key)}
      header={<Header />}
      render={(row) =>
        row.kind === 'step' ? (
          <StepCells
            row={row}
            scale={scale}
            startedMs={startedMs}
            onToggle={toggle}
            isOpen={usual(row.key) !== toggled.has(row.key)}
          />
        ) : (
          <GroupCells
            row={row}
            onToggle={toggle}
            isOpen={usual(row.key) !== toggled.has(row.key)}
            scale={scale}
          />
        )
      }
    />
  );
}

function Header() {
  const titles = ['Name', 'Status', 'Started after', 'Duration', 'Timeline'] as const;
  return titles.map((title) => (
    <div role="columnheader" className="cell" key={title}>
      {t(title)}
    </div>
  ));
}

/** Opens what is small, what failed, and the way to the selected step. */
function usuallyOpen(steps: readonly Step[], selectedStepId: number | undefined) {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const way = new Set<string>();
  for (let at = byId.get(selectedStepId ?? -1); at?.parent !== undefined; ) {
    way.add(`step/${at.parent.stepId}`);
    way.add(`${at.parent.stepId}/${at.parent.index}`);
    at = byId.get(at.parent.stepId);
  }
  return (key: string): boolean => {
    if (way.has(key)) return true;
    const [first = '', second = ''] = key.split('/');
    if (first === 'step')
      return (byId.get(Number(second))?.iterations.size ?? 0) <= OPEN_ITERATIONS;
    const owner = byId.get(Number(first));
    const iteration = owner?.iterations.get(Number(second));
    return (
      iteration === undefined || iteration.status === 'failed' || (owner?.iterations.size ?? 0) <= 3
    );
  };
}

interface Scale {
  readonly fromMs: number;
  readonly spanMs: number;
  readonly nowMs: number;
}

function StepCells({
  row,
  scale,
  startedMs,
  isOpen,
  onToggle,
}: {
  readonly row: Extract<StepRow, { kind: 'step' }>;
  readonly scale: Scale;
  readonly startedMs: number;
  readonly isOpen: boolean;
  readonly onToggle: (key: string) => void;
}) {
  const { step, depth, key } = row;
  const isFolder = step.type === 'Map' || step.type === 'Parallel';
  const tries = step.attempts.length > 1 ? `${step.attempts.length} attempts` : step.type;
  return (
    <>
      <div role="gridcell" className="cell name" style={{ paddingLeft: 8 + depth * 16 }}>
        {isFolder ? (
          <Twisty isOpen={isOpen} name={step.name} onToggle={() => onToggle(key)} />
        ) : (
          <span className="twisty" />
        )}
        <span className="step-name">{step.name}</span>
        <span className="quiet">{tries}</span>
      </div>
      <div role="gridcell" className="cell">
        <StepStatusBadge status={step.status} />
      </div>
      <div role="gridcell" className="cell number">
        {spanText(startedMs, step.enteredMs, scale.nowMs)}
      </div>
      <div role="gridcell" className="cell number">
        {spanText(step.enteredMs, step.exitedMs, scale.nowMs)}
      </div>
      <div role="gridcell" className="cell timeline">
        <Bars step={step} scale={scale} />
      </div>
    </>
  );
}

function GroupCells({
  row,
  scale,
  isOpen,
  onToggle,
}: {
  readonly row: Extract<StepRow, { kind: 'group' }>;
  readonly scale: Scale;
  readonly isOpen: boolean;
  readonly onToggle: (key: string) => void;
}) {
  const { owner, index, depth, key } = row;
  const iteration = owner.iterations.get(index);
  const title = owner.type === 'Map' ? `#${index}` : `Branch ${index + 1}`;
  return (
    <>
      <div role="gridcell" className="cell name group" style={{ paddingLeft: 8 + depth * 16 }}>
        <Twisty isOpen={isOpen} name={title} onToggle={() => onToggle(key)} />
        <span>{title}</span>
      </div>
      <div role="gridcell" className="cell">
        {iteration !== undefined && <StepStatusBadge status={iteration.status} />}
      </div>
      <div role="gridcell" className="cell" />
      <div role="gridcell" className="cell number">
        {iteration !== undefined && spanText(iteration.startedMs, iteration.endedMs, scale.nowMs)}
      </div>
      <div role="gridcell" className="cell" />
    </>
  );
}

function Twisty({
  isOpen,
  name,
  onToggle,
}: {
  readonly isOpen: boolean;
  readonly name: string;
  readonly onToggle: () => void;
}) {
  return (
    <button
      type="button"
      className="twisty"
      tabIndex={-1}
      aria-label={`${isOpen ? t('Close') : t('Open')} ${name}`}
      aria-expanded={isOpen}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      {isOpen ? '▾' : '▸'}
    </button>
  );
}

function Bars({ step, scale }: { readonly step: Step; readonly scale: Scale }) {
  const { fromMs, spanMs, nowMs } = scale;
  const percent = (ms: number) => `${Math.min(100, Math.max(0, (ms / spanMs) * 100))}%`;
  return segmentsOf(step, nowMs).map(({ kind, fromMs: begin, toMs }) => (
    <span
      key={`${begin} ${kind}`}
      className={`bar ${kind} ${step.status}`}
      style={{ left: percent(begin - fromMs), width: percent(toMs - begin) }}
      title={`${kind.replace('-', ' ')}: ${spanText(begin, toMs, nowMs)}`}
    />
  ));
}

function keyOf({ key }: StepRow): string {
  return key;
}
