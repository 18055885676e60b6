import type { ListedExecution } from '../rehearsal-plugin.ts';
import type { Session } from './session.ts';

/**
 * The ids by which people know executions, by the executions' ARNs, as the project's plug-ins tell them.
 * @param executions What is listed: a plug-in looks nothing up where none of its own is among them.
 * @example
 * const ids = await executionIds(session, executions);
 * ids.get(executionArn); // "database-20261201T024250Z"
 */
export async function executionIds(
  session: Session,
  executions: readonly ListedExecution[],
): Promise<ReadonlyMap<string, string>> {
  const told = (await session.plugins()).map(async ({ executionIds: load }) => {
    const read = await load?.();
    return [...((await read?.(session, executions)) ?? [])];
  });
  return new Map((await Promise.all(told)).flat());
}
