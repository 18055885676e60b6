import { EventBridgeClient, StartReplayCommand } from '@aws-sdk/client-eventbridge';
import type { Context } from 'aws-lambda';
import { requiredNumber, requiredVariable } from '../../shared/environment.ts';
import { asError, logger } from '../../shared/logger.ts';
import { execute, inTransaction } from '../data-api.ts';
import { FORGET, rebuiltWindow, replayOf, windowParameters } from './rebuild-reports.ts';

const events = new EventBridgeClient({});
const retentionDays = requiredNumber('ARCHIVE_DAYS');
const names = {
  archiveArn: requiredVariable('ARCHIVE_ARN'),
  busArn: requiredVariable('EVENT_BUS_ARN'),
  ruleArn: requiredVariable('RULE_ARN'),
};

/** Makes the relational data anew from the archive: forgets what it covers, then replays it. */
export async function handler(
  _event: unknown,
  context: Context,
): Promise<{ readonly replayArn: string | undefined }> {
  logger.addContext(context);
  const now = new Date();
  const window = rebuiltWindow(now, retentionDays);
  try {
    await inTransaction(async (transactionId) => {
      for (const sql of FORGET) await execute(sql, windowParameters(window), transactionId);
    });
    const { ReplayArn: replayArn } = await events.send(
      new StartReplayCommand(replayOf(window, now, names)),
    );
    logger.info('Rebuild started', { replayArn });
    return { replayArn };
  } catch (error) {
    logger.error('Rebuild failed', asError(error));
    throw error;
  } finally {
    logger.resetKeys();
  }
}
