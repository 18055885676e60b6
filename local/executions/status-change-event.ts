import type { StoredExecution } from '../history/store.ts';
import type { JsonObject } from '../json.ts';
import type { Place } from './arns.ts';
import { describeExecution } from './execution-description.ts';

/** EventBridge takes no more of the escaped data. AWS: Step Functions event delivery, "248 KB". */
const MAX_ESCAPED_BYTES = 248 * 1024;

/** The moment of a status change, and the event's id. */
export interface StatusChange extends Place {
  readonly id: string;
  readonly time: Date;
}

/** Writes the event that Step Functions puts on the default bus at each change of a status. */
export function statusChangeEvent(execution: StoredExecution, change: StatusChange): JsonObject {
  const described = describeExecution(execution);
  const { executionArn = '' } = described;
  return {
    version: '0',
    id: change.id,
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: change.accountId,
    // EventBridge's times have no milliseconds.
    time: `${change.time.toISOString().slice(0, 19)}Z`,
    region: change.region,
    resources: [executionArn],
    detail: {
      executionArn,
      stateMachineArn: described.stateMachineArn ?? null,
      name: described.name ?? null,
      status: described.status ?? null,
      startDate: described.startDate?.getTime() ?? null,
      stopDate: described.stopDate?.getTime() ?? null,
      ...dataOf(described.input ?? null, described.output ?? null),
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: described.redriveCount ?? 0,
      redriveDate: null,
      redriveStatus: described.redriveStatus ?? null,
      redriveStatusReason: described.redriveStatusReason ?? null,
      error: described.error ?? null,
      cause: described.cause ?? null,
    },
  };
}

/** Leaves out the input when both together are too large, and the output when it alone is. */
function dataOf(input: string | null, output: string | null): JsonObject {
  const outputBytes = escapedBytes(output);
  const outputIncluded = outputBytes <= MAX_ESCAPED_BYTES;
  const inputIncluded = escapedBytes(input) + outputBytes <= MAX_ESCAPED_BYTES;
  return {
    input: inputIncluded ? input : null,
    output: outputIncluded ? output : null,
    inputDetails: { included: inputIncluded },
    outputDetails: output === null ? null : { included: outputIncluded },
  };
}

function escapedBytes(text: string | null): number {
  return text === null ? 0 : Buffer.byteLength(JSON.stringify(text));
}
