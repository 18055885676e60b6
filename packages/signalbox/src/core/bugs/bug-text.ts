/**
 * What a person reads of a bug of ours: where it is, and what to do about it.
 * @param bug What was thrown.
 * @param where What was under way, such as a service and its action.
 */
export function bugText(bug: unknown, where: readonly string[] = []): string {
  const stack = bug instanceof Error ? (bug.stack ?? bug.message) : String(bug);
  return [
    ['A bug of the rehearsal:', ...where, stack].join(' '),
    '  The rehearsal goes on. Report these lines with what was asked of it, and restart it if it responds oddly.',
  ].join('\n');
}
