import { paginateListExecutions, type SFNClient } from '@aws-sdk/client-sfn';
import { asError, logger } from '../../shared/logger.ts';
import { WINDOW_MS } from './reconciliation-name.ts';

/** AWS: no page of ListExecutions is longer. */
const PAGE = 1_000;

/**
 * The names of the reconciliations that have begun within the window. Without them each of a week's 2,000
 * sweeps would call StartExecution for each order that it knows, to be refused: orders need that quota.
 * @returns None where Step Functions does not say: then StartExecution refuses the names that are taken.
 */
export async function readBegun(
  client: SFNClient,
  stateMachineArn: string,
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  try {
    const pages = paginateListExecutions({ client, pageSize: PAGE }, { stateMachineArn });
    for await (const { executions = [] } of pages) {
      for (const { name = '' } of executions) names.add(name);
      // The newest comes first.
      const oldestMs = executions.at(-1)?.startDate?.getTime() ?? nowMs;
      if (nowMs - oldestMs > WINDOW_MS) break;
    }
  } catch (error) {
    logger.warn('Cannot list the reconciliations', { error: asError(error) });
  }
  return names;
}
