import type { CaseResult } from './compare-run.ts';
import type { RecordedCase } from './recorded-case.ts';

/** A case with its result. */
export interface ComparedCase {
  readonly recorded: RecordedCase;
  readonly result: CaseResult;
}

const NUMBERS = ['outcome', 'types', 'details', 'ids'] as const;

/** Writes the four numbers by kind and by feature, and what fails where asked. */
export function report(results: readonly ComparedCase[], withFailures: boolean): string {
  const lines = [
    row('', ['status+output', 'types', 'details', 'with ids']),
    ...section(results, ({ recorded }) => [`${recorded.kind} (${recorded.tier ?? 'own'})`]),
    row('all', countsOf(results)),
    '',
    ...section(results, ({ recorded }) => recorded.features ?? []),
  ];
  if (withFailures) lines.push('', ...failures(results));
  return lines.join('\n');
}

function section(
  results: readonly ComparedCase[],
  groupsOf: (judged: ComparedCase) => readonly string[],
): readonly string[] {
  const groups = new Map<string, ComparedCase[]>();
  for (const judged of results) {
    for (const group of groupsOf(judged)) {
      groups.set(group, [...(groups.get(group) ?? []), judged]);
    }
  }
  return [...groups].sort().map(([name, judged]) => row(name, countsOf(judged)));
}

function countsOf(results: readonly ComparedCase[]): readonly string[] {
  return NUMBERS.map((number) => {
    const given = results.map(({ result }) => result[number]).filter((held) => held !== undefined);
    if (given.length === 0) return '';
    const held = given.filter((value) => value).length;
    return `${held}/${given.length} ${((100 * held) / given.length).toFixed(1)}%`;
  });
}

function row(name: string, cells: readonly string[]): string {
  return [name.padEnd(34), ...cells.map((cell) => cell.padStart(16))].join('');
}

function failures(results: readonly ComparedCase[]): readonly string[] {
  return results
    .filter(({ result }) => NUMBERS.some((number) => result[number] === false))
    .map(({ recorded, result }) => {
      const wrong = NUMBERS.filter((number) => result[number] === false).join(' ');
      return `- ${recorded.id}\n    ${wrong}: ${result.difference ?? ''}`;
    });
}
