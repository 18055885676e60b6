import * as v from 'valibot';

const Instant = v.nullable(v.string());

const CallSchema = v.object({
  service: v.string(),
  action: v.string(),
  parameters: v.record(v.string(), v.unknown()),
});

/** The part of a failover's report in S3 that a game day reads. */
export const ReportSchema = v.object({
  outcome: v.string(),
  at: v.string(),
  failover: v.nullable(
    v.object({
      reason: v.string(),
      objectives: v.object({ recoveryTimeSeconds: v.number(), recoveryPointSeconds: v.number() }),
    }),
  ),
  failure: v.nullable(v.object({ Error: v.string(), Cause: v.string() })),
  phases: v.object({
    detectedAt: Instant,
    approvedAt: Instant,
    startedAt: Instant,
    switchedAt: Instant,
    verifiedAt: Instant,
  }),
  recoveryTimeSeconds: v.nullable(v.number()),
  recoveryPointSeconds: v.nullable(v.number()),
  approval: v.nullable(v.looseObject({ approver: v.optional(v.string(), 'somebody') })),
  checks: v.array(
    v.object({
      stepId: v.string(),
      checks: v.array(
        v.object({ name: v.string(), ok: v.boolean(), level: v.string(), detail: v.string() }),
      ),
      calls: v.array(CallSchema),
    }),
  ),
  steps: v.array(
    v.object({
      stepId: v.string(),
      kind: v.string(),
      startedAt: v.string(),
      doneAt: Instant,
      calls: v.array(CallSchema),
    }),
  ),
});

/** The report of a failover, as far as a game day shows it. */
export type FailoverReport = v.InferOutput<typeof ReportSchema>;
