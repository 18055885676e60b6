import { userInfo } from 'node:os';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type PageAction, type PageButton, physicalId, type StackPlace } from 'signalbox';
import { restoreBackup } from '../audit/restore-backup.ts';

/** The button that asks for an audit of everything, with the equal call of EventBridge. */
export async function auditButton(stack: StackPlace): Promise<PageButton> {
  const entries = JSON.stringify([await auditRequested(stack)]);
  return {
    action: 'audit',
    label: 'Audit now',
    question: 'All buckets of the account are audited; nothing is changed.',
    values: {},
    commands: [`aws events put-events --entries '${entries.replaceAll("'", `'\\''`)}'`],
  };
}

/** Asks for an audit of everything, as the event AuditRequested does. */
export const askForAudit: PageAction = async ({ stack }) => {
  const { Entries: [put] = [] } = await new EventBridgeClient(stack.client).send(
    new PutEventsCommand({ Entries: [await auditRequested(stack)] }),
  );
  return put?.ErrorCode === undefined
    ? { isDone: true, text: 'Asked for an audit' }
    : { isDone: false, text: `${put.ErrorCode}: ${put.ErrorMessage}` };
};

async function auditRequested(stack: StackPlace) {
  const reason = 'Somebody asked for it in the console';
  return {
    EventBusName: await physicalId(stack, 'AWS::Events::EventBus', 'OperationsBus'),
    Source: 'signalbox.audit',
    DetailType: 'AuditRequested',
    Detail: JSON.stringify({ version: 1, reason, requestedBy: userInfo().username }),
  };
}

/** Puts back the lifecycle that the last repair of a bucket replaced. */
export const restore: PageAction = async ({ stack, values }) => {
  const { bucket = '' } = values;
  const { outcome, why, backup } = await restoreBackup(stack, bucket);
  return outcome === 'restored'
    ? {
        isDone: true,
        text: {
          text: 'Restored the lifecycle of {bucket} as of {at}',
          values: { bucket, at: backup.readAt },
        },
      }
    : {
        isDone: false,
        text: { text: 'Left the lifecycle of {bucket} as it is: {why}', values: { bucket, why } },
      };
};
