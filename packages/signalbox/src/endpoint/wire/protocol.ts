import type { ErrorShape } from './error-shape.ts';
import type { Operation, ServiceModel } from './service-model.ts';
import type { WireRequest, WireResponse } from './wire-message.ts';

/** The operation that a request names. */
export interface Target {
  /** As far as the request names one; for REST, the operation that the method and path stand for. */
  readonly operation: string | undefined;
  /** The operation as an error names it, such as `GET /2015-03-31/functions`. */
  readonly wish: string;
  /** Labels of a REST path, decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

/** One of AWS's wire protocols, as a server speaks it. */
export interface Protocol {
  target(request: WireRequest, model: ServiceModel | undefined): Target;
  /**
   * Reads the operation's input, its types not yet checked.
   * @throws {Error} When the body is malformed.
   */
  decode(request: WireRequest, operation: Operation, target: Target, model: ServiceModel): object;
  encode(
    output: object,
    operation: Operation,
    model: ServiceModel,
    requestId: string,
  ): WireResponse;
  encodeError(
    error: ErrorShape,
    request: WireRequest,
    model: ServiceModel | undefined,
    requestId: string,
  ): WireResponse;
}
