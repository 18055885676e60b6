import type { AccountRegion } from '../core/account-region.ts';
import { type Problem, problemText, type Result } from '../core/result.ts';
import { UserError } from '../core/user-error.ts';
import type { App } from '../template/app.ts';
import { type LoadedArchive, loadArchive } from './archive-table.ts';
import { type LoadedRule, loadRule } from './rule-table.ts';
import { misplacedTarget } from './target-place.ts';

/** The template's resources for the buses. */
export type BusResources = Pick<App, 'eventBuses' | 'rules' | 'archives'>;

/** The same, made ready. */
export interface LoadedBusResources {
  readonly rules: readonly LoadedRule[];
  readonly archives: readonly LoadedArchive[];
  /** Properties that the rehearsal does not support. */
  readonly unsupported: readonly Problem[];
}

/**
 * Makes the template's rules and archives ready.
 * @throws {UserError} `invalid`, with all that is wrong and its place.
 */
export function loadBusResources(
  parts: BusResources,
  place: AccountRegion & { isSchedule(scheduleExpression: string): boolean },
): LoadedBusResources {
  const problems: Problem[] = [];
  const rules = parts.rules.flatMap((rule) => {
    const { file, line } = rule.place;
    if (rule.scheduleExpression !== undefined && !place.isSchedule(rule.scheduleExpression)) {
      const message = `Parameter ScheduleExpression is not valid: ${rule.scheduleExpression}`;
      problems.push({ file, line, path: rule.name, message });
    }
    for (const { arn } of rule.targets) {
      const misplaced = misplacedTarget(arn, place);
      if (misplaced !== undefined) {
        problems.push({ file, line, path: rule.name, message: misplaced.message });
      }
    }
    return take(loadRule(rule), { file, line, path: rule.name }, problems);
  });
  const archives = parts.archives.flatMap((archive) =>
    take(loadArchive(archive), { path: archive.name }, problems),
  );
  if (problems.length > 0) throw new UserError('invalid', problems.map(problemText).join('\n'));
  return { rules, archives, unsupported: strayRules(parts) };
}

/** The loaded part, or nothing and its problems with their place. */
function take<T>(
  result: Result<T>,
  place: Omit<Problem, 'message'>,
  problems: Problem[],
): readonly T[] {
  if (result.ok) return [result.value];
  for (const problem of result.problems) {
    const path = [place.path, problem.path].filter((part) => part !== undefined && part !== '');
    problems.push({ ...place, message: problem.message, path: path.join(': ') });
  }
  return [];
}

function strayRules({ rules, eventBuses }: BusResources): readonly Problem[] {
  const names = new Set(['default', ...eventBuses.map(({ name }) => name)]);
  return rules
    .filter(({ eventBusName }) => !names.has(eventBusName))
    .map(({ name, eventBusName, place: { file, line } }) => ({
      mistake: `no bus ${eventBusName}`,
      message: `Rule ${name} is on bus ${eventBusName}, which the template doesn't define: it never matches`,
      file,
      line,
    }));
}
