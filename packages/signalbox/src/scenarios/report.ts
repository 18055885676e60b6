import { cut, durationText } from '../cli/table.ts';
import type { Played, PlayedEvent, PlayedExecution } from './played.ts';
import type { Sample } from './sample.ts';

/** Writes what a sample came to: its events, the rules that matched, the executions and their paths. */
export function reportOf(
  sample: Sample,
  played: Played,
  differences: readonly string[],
): readonly string[] {
  const verdict = differences.length === 0 ? 'ok' : 'NOT OK';
  return [
    `${verdict.padEnd(13)}${sample.title}`,
    ...played.events.flatMap(eventLines),
    ...played.executions.flatMap(executionLines),
    ...(played.mutatingCalls.length > 0 ? [`  calls      ${played.mutatingCalls.join(', ')}`] : []),
    ...(played.published.length > 0 ? [`  published  ${played.published.join(', ')}`] : []),
    ...(played.deadLetters > 0 ? [`  queue      ${played.deadLetters} dead letter(s)`] : []),
    ...differences.map((difference) => `  NOT OK     ${difference}`),
    '',
  ];
}

function eventLines({
  eventId,
  source,
  detailType,
  rules,
  remarks,
}: PlayedEvent): readonly string[] {
  return [
    `  event      ${detailType} (${source}) ${eventId}`,
    ...rules.map((rule) => `  rule       ${rule}`),
    ...remarks.map((remark) => `  remark     ${cut(remark, 200)}`),
  ];
}

function executionLines(execution: PlayedExecution): readonly string[] {
  const { stateMachine, name, status, error, cause, path, durationMs } = execution;
  const why = error === undefined ? '' : ` ${error}`;
  return [
    `  execution  ${stateMachine} ${name}`,
    `  path       ${path.join(' → ')}`,
    `  outcome    ${status}${why} after ${durationText(durationMs)}`,
    ...(cause === undefined ? [] : [`  cause      ${cut(cause.replaceAll('\n', ' '), 200)}`]),
  ];
}
