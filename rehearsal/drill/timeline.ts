import type { DrillResult } from './drill-result.ts';
import type { FailoverReport } from './failover-report.ts';

type TimelineEntry = DrillResult['timeline'][number];

/** Lists a failover's phases and steps in the order in which they came. */
export function timelineOf(report: FailoverReport): readonly TimelineEntry[] {
  const { phases, approval, failover, outcome, at, steps } = report;
  const entries = [
    entryAt(phases.detectedAt, `detected: ${failover?.reason ?? 'unknown'}`),
    entryAt(phases.approvedAt, `approved by ${approval?.approver ?? 'nobody: none was needed'}`),
    entryAt(phases.startedAt, 'checks passed, the recovery starts'),
    ...steps.flatMap(({ stepId, kind, startedAt, doneAt, calls }) => [
      entryAt(startedAt, `step ${stepId} (${kind}): ${callsText(calls)}`),
      entryAt(doneAt, `step ${stepId} done`),
    ]),
    entryAt(phases.switchedAt, 'switched'),
    entryAt(phases.verifiedAt, 'the application is verified'),
    entryAt(at, `closed: ${outcome}`),
  ];
  // A sort keeps the order of what has the same time.
  return entries
    .flatMap((one) => one ?? [])
    .sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
}

function entryAt(time: string | null, what: string): TimelineEntry | undefined {
  return time === null ? undefined : { time, what };
}

function callsText(calls: FailoverReport['steps'][number]['calls']): string {
  return calls.map(({ action }) => action).join(', ') || 'nothing to call';
}
