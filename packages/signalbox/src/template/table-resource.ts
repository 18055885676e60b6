import type { JsonObject } from '../core/json.ts';

/** A table of DynamoDB's. */
export interface TableResource {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Where the template says so. */
  readonly place: { readonly file: string; readonly line: number };
  /** The CreateTable input, in DynamoDB's own words. */
  readonly createTable: JsonObject;
  readonly timeToLiveAttribute: string | undefined;
  readonly stream: TableStreamResource | undefined;
  readonly isDeletionProtected: boolean;
  /** Whether it has point-in-time recovery. */
  readonly isRecoverable: boolean;
  /** Its encryption and class, as CreateTable has them; empty where the template says nothing of them. */
  readonly settings: JsonObject;
  /** Its replicas in other Regions, each with what is its own. */
  readonly replicas: readonly TableReplica[];
}

/** A replica of a table in another Region. */
export interface TableReplica {
  readonly region: string;
  readonly isDeletionProtected: boolean;
  readonly isRecoverable: boolean;
  readonly settings: JsonObject;
}

/** The stream that the template gives a table. */
export interface TableStreamResource {
  readonly view: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
  /** The instant that tells it apart from other streams of the table, as its ARN has it. */
  readonly label: string;
}
