import type { LogicalName } from '../core/logical-name.ts';

/** A stack that is a resource of another one, or stands beside the first. */
export interface NestedStack {
  /** Logical ids from the root on, such as `Orders` or `Shop/Orders`. */
  readonly path: string;
  readonly stackName: string;
  /** The stack's ARN. */
  readonly stackId: string;
  /** ARN of the stack that it is a resource of; undefined of one that stands beside. */
  readonly parentId: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A resource as its stack lists it. */
export interface StackResource extends LogicalName {
  /** ARN of the stack that has it. */
  readonly stackId: string;
  readonly physicalId: string;
  readonly type: string;
}
