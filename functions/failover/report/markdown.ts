import {
  array,
  boolean,
  object,
  optional,
  record as recordOf,
  safeParse,
  string,
  unknown,
} from 'valibot';
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
    ...changesPart(record),
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
  return approval === null ? [] : ['', '## Approval', '', table(flat(approval))];
}

function changesPart({ changes }: ClosingRecord): readonly string[] {
  if (changes.length === 0) return [];
  const rows = changes.map(({ at, stepId, action, by, reason }) => [
    at,
    stepId,
    action,
    by,
    reason,
  ]);
  return ['', '## Changed by operators', '', grid(['When', 'Step', 'What', 'Who', 'Why'], rows)];
}

const CheckedSchema = object({
  stepId: string(),
  checks: array(object({ name: string(), ok: boolean(), level: string(), detail: string() })),
  calls: optional(array(unknown()), []),
});

function checksPart({ checks }: ClosingRecord): readonly string[] {
  const checked = checks.flatMap((one) => {
    const parsed = safeParse(CheckedSchema, one);
    return parsed.success ? [parsed.output] : [];
  });
  if (checked.length === 0) return [];
  const rows = checked.flatMap(({ stepId, checks: own }) =>
    own.map(({ name, ok, level, detail }) => [
      `${stepId} ${name}`,
      ok ? 'holds' : level === 'advisory' ? 'warning' : '**does not hold**',
      detail,
    ]),
  );
  const planned = checked.flatMap(({ calls }) => calls);
  return [
    '',
    '## Checks',
    '',
    grid(['Check', 'Result', 'Detail'], rows),
    ...(planned.length === 0 ? [] : ['', 'The calls that a run would make, or made:', '']),
    ...planned.map(callLine),
  ];
}

function stepPart(step: StepRecord): readonly string[] {
  const { stepId, kind, before, after, calls, startedAt, undo } = step;
  const [was, is] = [new Map(flat(before)), new Map(flat(after))];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  const rows = names.map((name) => [name, was.get(name) ?? '', is.get(name) ?? '']);
  return [
    '',
    `## Step ${stepId}: ${kind}`,
    '',
    `Started ${startedAt}, ${endOf(step)}.`,
    ...(calls.length === 0 ? ['No call was needed.'] : ['', ...calls.map(callLine)]),
    '',
    grid(['What', 'Before', 'After'], rows),
    ...(undo === null ? [] : ['', 'Undone:', '', table(flat(undo))]),
  ];
}

function endOf({ doneAt, skippedAt }: StepRecord): string {
  if (doneAt !== null) return `done ${doneAt}`;
  return skippedAt === null ? 'not done' : `skipped ${skippedAt}`;
}

const CallSchema = object({
  service: string(),
  action: string(),
  region: string(),
  parameters: recordOf(string(), unknown()),
  requestId: optional(string()),
});

/** A call as one line: what, where, with which parameters, and the request's id that finds it in CloudTrail. */
function callLine(call: unknown): string {
  const parsed = safeParse(CallSchema, call);
  if (!parsed.success) return `- ${cell(JSON.stringify(call))}`;
  const { service, action, region, parameters, requestId } = parsed.output;
  const given = flat(parameters).map(([name, value]) => `${name} ${value}`);
  const request = requestId === undefined ? '' : `, request ${requestId}`;
  return `- \`${service}:${action}\` in ${region}: ${cell(given.join(', '))}${request}`;
}

/** Every value of a structure by its path, such as `cluster.members.0.status`. */
function flat(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, inner]) =>
    flat(inner, path === '' ? name : `${path}.${name}`),
  );
}

function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
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
