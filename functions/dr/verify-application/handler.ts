import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { object, string } from 'valibot';
import { taskHandler } from '../../shared/task-handler.ts';
import { readAlarmStates } from '../alarm-states.ts';
import { FailoverSchema } from '../failover.ts';
import { askHealth, judgeAlarms } from './verify-application.ts';

const client = new CloudWatchClient({});

/** Says whether the application is well: its alarms, and its health page where it has one. */
export const handler = taskHandler({
  input: object({ failover: FailoverSchema, now: string() }),
  correlationId: ({ failover }) => failover.failoverId,
  run: async ({ failover }) => {
    const { alarms, healthUrl } = failover.verification;
    const states = await readAlarmStates(client, alarms);
    const verdicts = [
      judgeAlarms(alarms, states),
      ...(healthUrl === undefined ? [] : [await askHealth(healthUrl, fetch)]),
    ];
    return {
      isHealthy: verdicts.every(({ isHealthy }) => isHealthy),
      detail: verdicts.map(({ detail }) => detail).join('; '),
    };
  },
});
