import { exportExecution } from '../../../export/export-execution.ts';
import type { ExecutionRow } from '../../../server/live-executions.ts';
import { callAws } from '../../api/call.ts';

/** How far an export has come, and whether anybody still waits for it. */
export interface ExportProgress {
  readonly isWanted: () => boolean;
  readonly onRead: (count: number) => void;
}

/**
 * Reads executions with their histories, one after the other: AWS allows few such calls a second.
 *
 * @returns The parts of one JSON document; undefined where nobody waits for it any more.
 * @throws {Error} With the name of the execution that could not be read: no file holds a part of what was asked for.
 */
export async function exportAll(
  rows: readonly Pick<ExecutionRow, 'arn' | 'name'>[],
  { isWanted, onRead }: ExportProgress,
): Promise<readonly string[] | undefined> {
  const parts: string[] = [];
  for (const [at, { arn, name }] of rows.entries()) {
    const exported = await exportExecution(callAws, arn).catch((reason: unknown) => {
      const { message } = reason instanceof Error ? reason : new Error(String(reason));
      throw new Error(`${name}: ${message}`);
    });
    if (!isWanted()) return undefined;
    parts.push(at === 0 ? '' : ',\n', JSON.stringify(exported, null, 2));
    onRead(at + 1);
  }
  return ['{"executions": [\n', ...parts, '\n]}\n'];
}
