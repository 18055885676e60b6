import type { JsonObject } from '../core/json.ts';
import type { StoredExecution } from '../history/store.ts';
import { describeExecution } from './execution-description.ts';

/** EventBridge takes no more of the escaped data. AWS: Step Functions event delivery, "248 KB". */
const MAX_ESCAPED_BYTES = 248 * 1024;

/** An event that a service publishes on the default bus, which gives it an id and an envelope. */
export interface StatusChangeEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly time: Date;
  readonly traceHeader: string | undefined;
}

/** Writes the event that Step Functions puts on the default bus at each change of a status. */
export function statusChangeEvent(execution: StoredExecution, time: Date): StatusChangeEvent {
  const described = describeExecution(execution, time);
  const { executionArn = '' } = described;
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    time,
    traceHeader: execution.header.traceHeader,
    resources: [executionArn],
    detail: {
      executionArn,
      stateMachineArn: described.stateMachineArn ?? null,
      name: described.name ?? null,
      status: described.status ?? null,
      startDate: described.startDate?.getTime() ?? null,
      stopDate: described.stopDate?.getTime() ?? null,
      ...dataOf(described.input ?? null, described.output ?? null),
      stateMachineVersionArn: described.stateMachineVersionArn ?? null,
      stateMachineAliasArn: described.stateMachineAliasArn ?? null,
      redriveCount: described.redriveCount ?? 0,
      redriveDate: described.redriveDate?.getTime() ?? null,
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
