import type { BaseIssue } from 'valibot';

/** One thing wrong with what a caller sent. */
export interface InputProblem {
  /** The path, such as `lines[0].quantity`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** Lists every problem that valibot found, by path; never repeats a value, which may be personal. */
export function inputProblems(issues: readonly BaseIssue<unknown>[]): readonly InputProblem[] {
  return issues.map((issue) => ({ path: issuePath(issue), message: issueMessage(issue) }));
}

/** Writes problems on one line, `path: message; path: message`, at most the first twenty. */
export function problemsText(problems: readonly InputProblem[]): string {
  const shown = problems
    .slice(0, 20)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const more = problems.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function issuePath(issue: BaseIssue<unknown>): string {
  return (issue.path ?? []).reduce((path, { key }) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    return path === '' ? String(key) : `${path}.${String(key)}`;
  }, '');
}

function issueMessage(issue: BaseIssue<unknown>): string {
  if (issue.kind !== 'schema') return issue.message;
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'Is not a known field';
  if (issue.received === 'undefined') return 'Is missing';
  // valibot's own text repeats the value; a schema's own text does not.
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  return `Is not of type ${issue.expected ?? 'expected'}`;
}
