import type { JsonObject } from '../core/json.ts';

export interface ArchiveResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly eventBusName: string;
  readonly eventPattern: JsonObject | undefined;
  readonly retentionDays: number;
}
