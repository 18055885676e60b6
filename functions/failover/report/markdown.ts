import type { ClosingRecord, Phases, StepRecord } from './record.ts';

const PHASE_NAMES: Readonly<Record<keyof Phases, string>> = {
  detectedAt: 'Detected',
  approvedAt: 'Approved',
  startedAt: 'Started',
  switchedAt: 'Switched',
  verifiedAt: 'Verified',
};

/** Writes the report of a failover for people. */
export function reportMarkdown(failoverId: string, record: ClosingRecord): string {
  const { failover, failure } = record;
  return [
    `# Failover ${failoverId}: ${record.outcome}`,
    '',
    table([
      ['Scenario', record.scenario],
      ['Kind', record.kind],
      ['Mode', failover?.mode ?? 'unknown'],
      ['Reason', failover?.reason ?? 'unknown'],
      [
        'Requested by',
        failover === null ? 'unknown' : `${failover.requestedBy} (${failover.origin})`,
      ],
      ['Execution', record.executionArn],
      ...(failure === null ? [] : [['Failure', `${failure.Error}: ${failure.Cause}`] as const]),
    ]),
    ...objectivesPart(record),
    ...timelinePart(record),
    ...approvalPart(record),
    ...checksPart(record),
    ...record.steps.flatMap(stepPart),
    '',
  ].join('\n');
}

function objectivesPart({
  recoveryTimeSeconds,
  recoveryPointSeconds,
  failover,
  breaches,
}: ClosingRecord) {
  if (failover === null || recoveryTimeSeconds === null) return [];
  const { objectives } = failover;
  const point = recoveryPointSeconds === null ? 'unknown' : `${recoveryPointSeconds} s`;
  return [
    '',
    '## Objectives',
    '',
    '| | Reached | Objective | |',
    '|---|---|---|---|',
    `| Recovery time | ${recoveryTimeSeconds} s | ${objectives.recoveryTimeSeconds} s | ${breaches.includes('RecoveryTime') ? 'breached' : 'kept'} |`,
    `| Recovery point | ${point} | ${objectives.recoveryPointSeconds} s | ${recoveryPointSeconds === null ? 'unknown' : breaches.includes('RecoveryPoint') ? 'breached' : 'kept'} |`,
  ];
}

function timelinePart({ phases, at }: ClosingRecord): readonly string[] {
  const rows = Object.entries(PHASE_NAMES).flatMap(([key, name]) => {
    const time = Object.entries(phases).find(([phase]) => phase === key)?.[1];
    return typeof time === 'string' ? [[name, time] as const] : [];
  });
  return ['', '## Timeline', '', table([...rows, ['Closed', at]])];
}

function approvalPart({ approval }: ClosingRecord): readonly string[] {
  return approval === null ? [] : ['', '## Approval', '', json(approval)];
}

function checksPart({ checks }: ClosingRecord): readonly string[] {
  return checks.length === 0 ? [] : ['', '## Checks and calls', '', json(checks)];
}

function stepPart({
  stepId,
  kind,
  before,
  after,
  calls,
  doneAt,
  undo,
}: StepRecord): readonly string[] {
  return [
    '',
    `## Step ${stepId}: ${kind}${doneAt === null ? ', not done' : `, done ${doneAt}`}`,
    '',
    'Before:',
    '',
    json(before),
    '',
    'Calls:',
    '',
    json(calls),
    '',
    'After:',
    '',
    json(after),
    ...(undo === null ? [] : ['', 'Undone:', '', json(undo)]),
  ];
}

function table(rows: readonly (readonly [string, string])[]): string {
  return [
    '| | |',
    '|---|---|',
    ...rows.map(([name, value]) => `| ${name} | ${cell(value)} |`),
  ].join('\n');
}

/** A reason is anybody's text: it may not break out of its cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

function json(value: unknown): string {
  return ['```json', JSON.stringify(value, null, 2), '```'].join('\n');
}
