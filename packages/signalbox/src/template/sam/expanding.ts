import type { Node, NodePlace } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';

/** The context of the expansion of SAM's resources. */
export interface Expanding {
  readonly report: Report;
  readonly partition: string;
  /** The API that SAM makes for HttpApi events that name none, with Globals merged into it. */
  readonly implicitApi: Resource;
  /** The same of Api events. */
  readonly implicitRestApi: Resource;
  /** Returns whether the condition of a resource holds. */
  isLive(resource: Resource): boolean;
}

/** A route of an HTTP API that a function's event asks for. */
export interface HttpRoute {
  /** Undefined for the API that SAM makes itself, `ServerlessHttpApi`. */
  readonly apiId: string | undefined;
  /** In lower case, `any` for every method. */
  readonly method: string;
  readonly path: string;
  /** The `Auth` of the event. */
  readonly auth: Node | undefined;
  readonly owner: Resource;
  readonly place: NodePlace;
}

/** A route of a REST API that an event of a function or state machine asks for. */
export interface RestRoute {
  /** Undefined for the API that SAM makes itself, `ServerlessRestApi`. */
  readonly apiId: string | undefined;
  /** In lower case, `any` for every method. */
  readonly method: string;
  readonly path: string;
  /** `x-amazon-apigateway-integration`. */
  readonly integration: Node;
  /** The `Auth` of the event. */
  readonly auth: Node | undefined;
  readonly owner: Resource;
  readonly place: NodePlace;
}

/** Notifications of a bucket that an event of a function asks for. */
export interface BucketEvent {
  /** The logical id of the bucket. */
  readonly bucketId: string;
  /** Items of `LambdaConfigurations`. */
  readonly configurations: readonly Node[];
  readonly owner: Resource;
  readonly place: NodePlace;
}

/** The resources that a SAM resource expands to. */
export interface Expansion {
  readonly resources: readonly Resource[];
  readonly routes: readonly HttpRoute[];
  readonly restRoutes: readonly RestRoute[];
  readonly bucketEvents: readonly BucketEvent[];
}
