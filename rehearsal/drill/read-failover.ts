import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Rehearsal } from 'signalbox';
import { parse } from 'valibot';
import type { DrillExecution } from './drill-execution.ts';
import type { DrillResult } from './drill-result.ts';
import { type FailoverReport, ReportSchema } from './failover-report.ts';
import { timelineOf } from './timeline.ts';

/** The measures and records of the workflow itself. */
type Measured = Pick<
  DrillResult,
  | 'outcome'
  | 'timeline'
  | 'recoveryTimeSeconds'
  | 'recoveryTimeObjectiveSeconds'
  | 'recoveryPointSeconds'
  | 'recoveryPointObjectiveSeconds'
  | 'checks'
  | 'plannedCalls'
>;

/** Reads what came of a failover from its report; where it wrote none, the execution's error has to do. */
export async function readFailover(
  rehearsal: Rehearsal,
  failoverId: string,
  execution: DrillExecution,
): Promise<Measured> {
  const report = await readReport(rehearsal, failoverId);
  if (report === undefined) return unreported(execution);
  const { failure, failover, recoveryTimeSeconds, recoveryPointSeconds, checks } = report;
  return {
    outcome: failure === null ? report.outcome : `${report.outcome}: ${failureText(failure)}`,
    timeline: [...timelineOf(report)],
    recoveryTimeSeconds,
    recoveryPointSeconds,
    recoveryTimeObjectiveSeconds: failover?.objectives.recoveryTimeSeconds ?? null,
    recoveryPointObjectiveSeconds: failover?.objectives.recoveryPointSeconds ?? null,
    checks: checks.flatMap((step) =>
      step.checks.map(({ name, ok, level, detail }) => ({
        name: `${step.stepId} ${name}`,
        isOk: ok,
        isRequired: level !== 'advisory',
        detail,
      })),
    ),
    plannedCalls: checks.flatMap(({ calls }) =>
      calls.map(({ service, action, parameters }) => ({
        call: `${service}:${action}`,
        parameters: JSON.stringify(parameters),
      })),
    ),
  };
}

async function readReport(
  { client, physicalId }: Rehearsal,
  failoverId: string,
): Promise<FailoverReport | undefined> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const asked = { Bucket: physicalId('ReportsBucket'), Key: `failovers/${failoverId}/report.json` };
  const text = await s3.send(new GetObjectCommand(asked)).then(
    ({ Body }) => Body?.transformToString(),
    (error: unknown) => {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
      throw error;
    },
  );
  return text === undefined ? undefined : parse(ReportSchema, JSON.parse(text));
}

function unreported({ error, cause, status }: DrillExecution): Measured {
  return {
    outcome: error === undefined ? status : failureText({ Error: error, Cause: cause ?? '' }),
    timeline: [],
    recoveryTimeSeconds: null,
    recoveryTimeObjectiveSeconds: null,
    recoveryPointSeconds: null,
    recoveryPointObjectiveSeconds: null,
    checks: [],
    plannedCalls: [],
  };
}

function failureText({ Error: name, Cause }: { readonly Error: string; readonly Cause: string }) {
  return Cause === '' ? name : `${name}: ${Cause}`;
}
