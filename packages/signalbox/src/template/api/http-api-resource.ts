import type { LogicalName } from '../../core/logical-name.ts';
import type { RouteAuthorizer } from './authorizer.ts';

/** An API whose routes functions serve. */
export interface HttpApiResource extends LogicalName {
  readonly id: string;
  readonly routes: readonly HttpRoute[];
}

export interface HttpRoute {
  /** Such as `POST`, or `ANY`. */
  readonly method: string;
  /** Such as `/orders/{orderId}`. */
  readonly path: string;
  readonly functionName: string;
  readonly authorizer: RouteAuthorizer;
  /** What the rehearsal has not, such as `integration of SQS-SendMessage`: the route answers so. */
  readonly refusal?: string;
}
