import type { LogicalName } from '../../core/logical-name.ts';
import type { RouteAuthorizer } from './authorizer.ts';

/** A REST API of API Gateway. */
export interface RestApiResource extends LogicalName {
  readonly id: string;
  readonly routes: readonly RestRoute[];
  /** The keys that admit to routes that need one. */
  readonly keys: readonly string[];
}

/** A method of a REST API. */
export interface RestRoute {
  /** Such as `POST`, or `ANY`. */
  readonly method: string;
  /** Such as `/orders/{orderId}`. */
  readonly path: string;
  readonly integration: RestIntegration;
  readonly authorizer: RouteAuthorizer;
  /** Whether the request needs a key of the API. */
  readonly needsKey: boolean;
}

/** What a method of a REST API calls. */
export type RestIntegration =
  /** `AWS_PROXY`: a function gets the request and gives the response. */
  | { readonly kind: 'lambda'; readonly functionName: string }
  /** `AWS`: an action of a service, such as `states` `StartExecution`, called with what a mapping template says. */
  | ActionIntegration
  /** Anything else, by its name, for whoever calls it. */
  | { readonly kind: 'other'; readonly type: string };

export interface ActionIntegration {
  readonly kind: 'action';
  readonly service: string;
  readonly action: string;
  /** The account and name of a queue, where the URI has them in its path. */
  readonly queueName: string | undefined;
  /** The role in whose name the service is called. */
  readonly credentials: string | undefined;
  /** Mapping templates by the content type of the request. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  /** Mapping templates of the response, by status pattern. */
  readonly responses: readonly RestResponse[];
}

/** A response of an integration. */
export interface RestResponse {
  /** The pattern of the status that the service responded with, or `default`. */
  readonly pattern: string;
  readonly statusCode: number;
  /** The mapping template for JSON; undefined where the body goes through. */
  readonly template: string | undefined;
}
