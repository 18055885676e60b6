import type { DrillResult } from './drill-result.ts';
import type { FailoverReport } from './failover-report.ts';

type Moment = DrillResult['timeline'][number];

/** Tells a failover's phases and steps in the order in which they came. */
export function timelineOf(report: FailoverReport): readonly Moment[] {
  const { phases, approval, failover, outcome, at, steps } = report;
  const moments = [
    moment(phases.detectedAt, `detected: ${failover?.reason ?? 'unknown'}`),
    moment(phases.approvedAt, `approved by ${approval?.approver ?? 'nobody: none was needed'}`),
    moment(phases.startedAt, 'checks passed, the recovery starts'),
    ...steps.flatMap(({ stepId, kind, startedAt, doneAt, calls }) => [
      moment(startedAt, `step ${stepId} (${kind}): ${callsText(calls)}`),
      moment(doneAt, `step ${stepId} done`),
    ]),
    moment(phases.switchedAt, 'switched'),
    moment(phases.verifiedAt, 'the application is verified'),
    moment(at, `closed: ${outcome}`),
  ];
  // A sort keeps the order of what has the same time.
  return moments
    .flatMap((one) => one ?? [])
    .sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
}

function moment(time: string | null, what: string): Moment | undefined {
  return time === null ? undefined : { time, what };
}

function callsText(calls: FailoverReport['steps'][number]['calls']): string {
  return calls.map(({ action }) => action).join(', ') || 'nothing to call';
}
