import type { JsonObject } from '../../core/json.ts';
import type { App } from '../../template/app.ts';

/** An event that CloudFormation sends to the default bus. */
export interface StackStatusChange {
  readonly source: 'aws.cloudformation';
  readonly detailType: 'CloudFormation Stack Status Change';
  readonly detail: JsonObject;
  readonly resources: readonly string[];
}

/** Writes the event of a stack that is made or changed. AWS: "Stack status change events" of the CloudFormation user guide. */
export function stackStatusChange(
  { stackId }: Pick<App, 'stackId'>,
  status: 'CREATE_COMPLETE' | 'UPDATE_COMPLETE',
): StackStatusChange {
  return {
    source: 'aws.cloudformation',
    detailType: 'CloudFormation Stack Status Change',
    resources: [stackId],
    detail: {
      'stack-id': stackId,
      'status-details': { status, 'status-reason': '' },
      'client-request-token': '',
    },
  };
}
