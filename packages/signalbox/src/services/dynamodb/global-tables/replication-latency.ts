import type { Datapoint } from '../../cloudwatch/datapoint.ts';
import type { ReplicatedWrite } from './replicated-write.ts';

/**
 * The metric of a write that has arrived: of the Region that it was made in, for each that receives it
 * (DynamoDB Developer Guide, "DynamoDB metrics and dimensions").
 */
export function latencyOf(
  { tableName, target, writtenMs }: Pick<ReplicatedWrite, 'tableName' | 'target' | 'writtenMs'>,
  nowMs: number,
): Datapoint {
  return {
    namespace: 'AWS/DynamoDB',
    metricName: 'ReplicationLatency',
    dimensions: { TableName: tableName, ReceivingRegion: target },
    timestampMs: nowMs,
    unit: 'Milliseconds',
    storageResolution: 60,
    samples: { kind: 'values', values: [{ value: nowMs - writtenMs, count: 1 }] },
  };
}
