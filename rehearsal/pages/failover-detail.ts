import { type AskedPage, type PageContent, type PageSection, UserError } from 'signalbox';
import { safeParse } from 'valibot';
import { reportKey } from '../../functions/failover/close-failover/close-failover.ts';
import { TrailEntrySchema } from '../../functions/failover/trail.ts';
import { outcomeCell, secondsCell } from './failover-cells.ts';
import { type FailoverRun, type RunStep, runOf } from './failover-run.ts';
import { stackRecords } from './stack-records.ts';
import { timeCell } from './time-cell.ts';

/**
 * One failover: its steps in time against the objective, what was checked, and its whole trail.
 * @throws {UserError} `not-found` when the trail has none of its id.
 */
export async function failoverDetail({ stack, name }: AskedPage): Promise<PageContent> {
  const records = stackRecords(stack);
  const [items, report] = await Promise.all([
    records.partition('FailoversTable', 'failoverId', name),
    records.report(`${reportKey(name)}.md`),
  ]);
  if (items.length === 0) throw new UserError('not-found', `There is no failover "${name}"`);
  const entries = items.flatMap((item) => {
    const read = safeParse(TrailEntrySchema, item);
    return read.success ? [read.output] : [];
  });
  const run = runOf(name, entries);
  return {
    title: name,
    description: run.claim?.reason ?? '',
    sections: [
      ...failureNote(run),
      timeline(run),
      facts(run),
      steps(run),
      ...checks(run),
      trail(run),
      ...(report === undefined ? [] : [{ kind: 'text' as const, title: 'Report', text: report }]),
    ],
  };
}

function failureNote({ closed }: FailoverRun): readonly PageSection[] {
  const failure = closed?.failure;
  if (failure === null || failure === undefined) return [];
  return [{ kind: 'note', level: 'error', text: `${failure.Error}: ${failure.Cause}` }];
}

function timeline({ claim, steps: begun, closed, trail: entries }: FailoverRun): PageSection {
  const at = (entryId: string) => entries.find((entry) => entry.entryId === entryId)?.at;
  const phases = closed?.phases;
  const marks = [
    ['Detected', claim?.detectedAt],
    ['Locked', at('lock')],
    ['Approved', phases?.approvedAt ?? at('approval')],
    ['Recovery starts', phases?.startedAt],
    ['Switched', phases?.switchedAt],
    ['Verified', phases?.verifiedAt],
    ['Closed', closed?.at],
  ] as const;
  const detectedMs = claim === undefined ? undefined : Date.parse(claim.detectedAt);
  const goal = claim?.objectives.recoveryTimeSeconds;
  return {
    kind: 'timeline',
    title: 'Timeline',
    bars: begun.map((step) => ({
      label: `${step.before.stepId} ${step.before.kind}`,
      fromMs: Date.parse(step.before.at),
      toMs: endMs(step, closed?.at),
      state: stateOf(step, closed !== undefined),
      detail: callsText(step),
    })),
    marks: marks.flatMap(([label, time]) =>
      typeof time === 'string' ? [{ label, atMs: Date.parse(time) }] : [],
    ),
    limits:
      detectedMs === undefined || goal === undefined
        ? []
        : [{ label: 'Recovery time objective', atMs: detectedMs + goal * 1_000 }],
  };
}

function endMs({ before, doneAt }: RunStep, closedAt: string | undefined): number | undefined {
  const end = doneAt ?? closedAt;
  // A failover is closed by the second, a step begins by the millisecond.
  return end === undefined ? undefined : Math.max(Date.parse(before.at), Date.parse(end));
}

function stateOf({ doneAt, isUndone }: RunStep, isClosed: boolean) {
  if (isUndone) return 'warning';
  if (doneAt !== undefined) return 'success';
  return isClosed ? 'error' : 'in-progress';
}

function callsText({ before }: RunStep): string {
  return before.calls.map(({ service, action }) => `${service}:${action}`).join(', ');
}

function facts({ executionArn, claim, closed, lock }: FailoverRun): PageSection {
  return {
    kind: 'facts',
    title: 'Run',
    facts: [
      { label: 'Outcome', value: outcomeCell(closed) },
      {
        label: 'Recovery time',
        value: secondsCell(closed?.recoveryTimeSeconds, claim?.objectives.recoveryTimeSeconds),
      },
      {
        label: 'Recovery point',
        value: secondsCell(closed?.recoveryPointSeconds, claim?.objectives.recoveryPointSeconds),
      },
      { label: 'Scenario', value: claim?.scenario ?? closed?.scenario ?? '' },
      { label: 'Kind', value: claim === undefined ? '' : `${claim.kind}, ${claim.mode}` },
      {
        label: 'Asked by',
        value: claim === undefined ? '' : `${claim.requestedBy} (${claim.origin})`,
      },
      { label: 'Fencing number', value: lock === undefined ? 'No lock' : String(lock.fencing) },
      ...(executionArn === undefined
        ? []
        : [
            {
              label: 'Execution',
              value: {
                text: executionArn.split(':').at(-1) ?? '',
                path: `/executions/${executionArn}`,
              },
            },
          ]),
    ],
  };
}

function steps({ claim, steps: begun }: FailoverRun): PageSection {
  const planned = claim?.waves.flatMap(({ name, steps: own }) =>
    own.map((step) => ({ wave: name, step })),
  );
  return {
    kind: 'table',
    title: 'Steps',
    columns: ['Step', 'Wave', 'Kind', 'Status', 'Calls'],
    rows: (planned ?? []).map(({ wave, step }) => {
      const known = begun.find(({ before }) => before.stepId === step.stepId);
      return {
        cells: [
          step.stepId,
          wave,
          step.kind,
          known === undefined
            ? { text: 'Not begun', state: 'pending' as const }
            : { text: stepText(known), state: stateOf(known, false) },
          known === undefined ? '' : callsText(known),
        ],
      };
    }),
    empty: 'The plan of this run is not known',
  };
}

function stepText({ doneAt, isUndone }: RunStep): string {
  if (isUndone) return 'Undone';
  return doneAt === undefined ? 'Begun' : 'Done';
}

function checks({ closed, trail: entries }: FailoverRun): readonly PageSection[] {
  const early = entries.find(({ entryId }) => entryId === 'checks-before-approval');
  const text = early?.['checks'];
  const found =
    closed !== undefined && closed.checks.length > 0 ? JSON.stringify(closed.checks) : text;
  return typeof found === 'string' ? [{ kind: 'json', title: 'Checks', text: found }] : [];
}

function trail({ trail: entries }: FailoverRun): PageSection {
  return {
    kind: 'table',
    title: 'Audit trail',
    columns: ['Time', 'Entry', 'What it holds'],
    rows: entries.map(({ failoverId: _, entryId, at, ...rest }) => ({
      cells: [timeCell(at), entryId, JSON.stringify(rest).slice(0, 400)],
    })),
    empty: 'No entries',
  };
}
