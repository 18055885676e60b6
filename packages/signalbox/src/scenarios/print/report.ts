import type { Colour } from '../../cli/print/colour.ts';
import { cut } from '../../cli/print/table.ts';
import { durationText } from '../../core/duration-text.ts';
import type { Json } from '../../core/json.ts';
import type { PlayedScenario } from '../play-all.ts';
import type { EventResult, ExecutionResult, ScenarioResult } from '../scenario-result.ts';

/** The form of a scenario's report: details where it failed, or where they are asked for. */
export interface ReportOptions {
  readonly colour: Colour;
  readonly verbose: boolean;
}

/** Writes what a scenario came to: one line, and its details where it failed. */
export function reportOf(
  { scenario, result, differences, skipped, realMs, rehearsedMs }: PlayedScenario,
  { colour, verbose }: ReportOptions,
): readonly string[] {
  const { title } = scenario;
  if (skipped !== undefined) return [`${colour.dim('skipped')} ${title}: ${skipped}`];
  const isOk = differences.length === 0;
  const mark = isOk ? colour.ok('ok     ') : colour.bad('FAILED ');
  const times = `${durationText(realMs)}, ${durationText(rehearsedMs)} rehearsed`;
  return [
    `${mark} ${title}  ${colour.dim(times)}`,
    ...(verbose || !isOk ? detailsOf(result) : []),
    ...differences.map((difference) => `          ${colour.bad(difference)}`),
  ];
}

/** The verdict over all scenarios, for the last line. */
export function verdictOf(played: readonly PlayedScenario[]): string {
  const counted = played.filter(({ skipped }) => skipped === undefined);
  const good = counted.filter(({ differences }) => differences.length === 0);
  return `${good.length} of ${counted.length} scenarios ended as they should`;
}

function detailsOf(result: ScenarioResult | undefined): readonly string[] {
  if (result === undefined) return [];
  const { events, executions, found } = result;
  return [
    ...events.flatMap(eventLines),
    ...executions.flatMap(executionLines),
    ...Object.entries(found).flatMap(([name, value]) => foundLines(name, value)),
  ].map((line) => `      ${line}`);
}

/** Writes what an expectation found, unless it is nothing. */
function foundLines(name: string, found: Json): readonly string[] {
  const text = JSON.stringify(found);
  const isNothing = ['null', '0', '[]', '{}'].includes(text);
  return isNothing ? [] : [`  found      ${name} ${cut(text, 200)}`];
}

function eventLines(event: EventResult): readonly string[] {
  const { eventId, source, detailType, rules, remarks } = event;
  return [
    `  event      ${detailType} (${source}) ${eventId}`,
    ...rules.map((rule) => `  rule       ${rule}`),
    ...remarks.map((remark) => `  remark     ${cut(remark, 200)}`),
  ];
}

function executionLines(execution: ExecutionResult): readonly string[] {
  const { stateMachine, name, status, error, cause, path, durationMs } = execution;
  const why = error === undefined ? '' : ` ${error}`;
  return [
    `  execution  ${stateMachine} ${name}`,
    `  path       ${path.join(' → ')}`,
    `  outcome    ${status}${why} after ${durationText(durationMs)}`,
    ...(cause === undefined ? [] : [`  cause      ${cut(cause.replaceAll('\n', ' '), 200)}`]),
  ];
}
