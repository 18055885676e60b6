import type { Problem } from '../core/result.ts';
import { lineOf } from '../template/document/line-of.ts';
import { parseDocument } from '../template/document/parse-document.ts';
import { Report } from '../template/report.ts';

/**
 * Adds the file and the line to problems of a JSON file, by their paths.
 * @param file The file's name as messages show it.
 * @param text The text of the file.
 */
export function placeIn(
  file: string,
  text: string,
  problems: readonly Problem[],
): readonly Problem[] {
  if (problems.length === 0) return [];
  const node = parseDocument({ file: '', text, dialect: 'definition' }, new Report());
  return problems.map((problem) => {
    const line = problem.line ?? (node && lineOf(node, problem.path ?? ''));
    return { ...problem, file, ...(line === undefined ? {} : { line }) };
  });
}
