import { cut, durationText, tableOf } from 'signalbox';
import { type DrillResult, verdictOf } from './drill-result.ts';

const OUTCOME_WIDTH = 40;

/** Writes a game day out: its timeline, objectives, checks and calls, and the verdict. */
export function drillLines(result: DrillResult, last: DrillResult | undefined): readonly string[] {
  const { scenario, mode, kind, broken } = result;
  const withFaults = broken.length === 0 ? '' : `, with ${broken.join(', ')} broken`;
  return [
    `${kind === 'drill' ? 'Game day' : 'Dry run'}: ${scenario}, ${mode}${withFaults}`,
    ...section('Timeline', timelineLines(result)),
    ...section('Objectives', kind === 'drill' ? objectiveLines(result, last) : []),
    ...section('Checks', checkLines(result)),
    ...section('Calls that it would make', kind === 'dry-run' ? plannedLines(result) : []),
    ...section('Calls', callLines(result)),
    '',
    ...verdictLines(result),
  ];
}

/** Writes kept results as a table. */
export function drillTable(drills: readonly DrillResult[]): readonly string[] {
  return tableOf(
    ['RAN', 'SCENARIO', 'KIND', 'MODE', 'OUTCOME', 'RECOVERY', 'DATA LOSS', 'VERDICT'],
    drills.map((one) => [
      one.ranAt.slice(0, 19).replace('T', ' '),
      one.scenario,
      one.kind,
      one.mode,
      cut(one.outcome, OUTCOME_WIDTH),
      secondsText(one.recoveryTimeSeconds),
      secondsText(one.recoveryPointSeconds),
      verdictOf(one).isMet ? 'ok' : 'NOT OK',
    ]),
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function timelineLines({ timeline }: DrillResult): readonly string[] {
  const firstMs = Date.parse(timeline[0]?.time ?? '');
  return tableOf(
    ['TIME', 'AFTER', 'WHAT'],
    timeline.map(({ time, what }) => [
      new Date(time).toISOString().slice(11, 23),
      durationText(Date.parse(time) - firstMs),
      what,
    ]),
  );
}

function objectiveLines(result: DrillResult, last: DrillResult | undefined): readonly string[] {
  return tableOf(
    ['', 'MEASURED', 'OBJECTIVE', 'LAST TIME'],
    [
      [
        'Recovery time',
        secondsText(result.recoveryTimeSeconds),
        secondsText(result.recoveryTimeObjectiveSeconds),
        secondsText(last?.recoveryTimeSeconds),
      ],
      [
        'Recovery point',
        secondsText(result.recoveryPointSeconds),
        secondsText(result.recoveryPointObjectiveSeconds),
        secondsText(last?.recoveryPointSeconds),
      ],
    ],
  );
}

function checkLines({ checks }: DrillResult): readonly string[] {
  return tableOf(
    ['CHECK', 'RESULT', 'DETAIL'],
    checks.map(({ name, isOk, isRequired, detail }) => [
      name,
      isOk ? 'ok' : isRequired ? 'NOT OK' : 'warning',
      detail,
    ]),
  );
}

function plannedLines({ plannedCalls }: DrillResult): readonly string[] {
  return plannedCalls.map(({ call, parameters }) => `${call} ${parameters}`);
}

function callLines({ calls }: DrillResult): readonly string[] {
  return tableOf(
    ['CALL', 'TIMES', 'CHANGES SOMETHING'],
    calls.map(({ call, count, isMutating }) => [call, String(count), isMutating ? 'yes' : 'no']),
  );
}

function verdictLines(result: DrillResult): readonly string[] {
  const { isMet, reasons } = verdictOf(result);
  return [`${isMet ? 'ok' : 'NOT OK'}: ${result.outcome}`, ...reasons.map((one) => `  ${one}`)];
}

/** Compares with the last game day, such as `Recovery took 41 s, last time 38 s`. */
export function comparison(
  { recoveryTimeSeconds: now }: DrillResult,
  last: DrillResult | undefined,
): string | undefined {
  const before = last?.recoveryTimeSeconds;
  if (now === null || before === null || before === undefined) return undefined;
  return `Recovery took ${secondsText(now)}, was ${secondsText(before)}`;
}

function secondsText(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined ? '-' : durationText(seconds * 1000);
}
