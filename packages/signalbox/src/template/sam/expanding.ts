import type { NodePlace } from '../document/node.ts';
import type { Report } from '../report.ts';
import type { Resource } from '../sections.ts';

/** The context of the expansion of SAM's resources. */
export interface Expanding {
  readonly report: Report;
  readonly partition: string;
  /** The API that SAM makes for events that name none, with Globals merged into it. */
  readonly implicitApi: Resource;
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
  /** `NONE`, `AWS_IAM`, or undefined for the API's own. */
  readonly authorizer: string | undefined;
  readonly owner: Resource;
  readonly place: NodePlace;
}

/** The resources that a SAM resource expands to. */
export interface Expansion {
  readonly resources: readonly Resource[];
  readonly routes: readonly HttpRoute[];
}
